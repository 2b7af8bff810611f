"""Documents without a server through MongoEngine, rows through Pony, whose database is a name."""

from datetime import datetime, timezone

import mongoengine as me
import mongomock
from pony import orm

database = orm.Database()


class Kind(me.EmbeddedDocument):
    name = me.StringField(choices=("tea", "ink"))


class Item(me.Document):
    sku = me.StringField(required=True, unique=True)
    kind = me.EmbeddedDocumentField(Kind)
    price = me.DecimalField(precision=2)
    at = me.DateTimeField()
    meta = {"collection": "items", "indexes": ["price"]}


class Person(database.Entity):
    name = orm.Required(str)
    cars = orm.Set("Car")


class Car(database.Entity):
    make = orm.Required(str)
    owner = orm.Required(Person)


def handler(event, context):
    me.connect("shop", mongo_client_class=mongomock.MongoClient, uuidRepresentation="standard")
    for sku, price in event["items"]:
        Item(sku=sku, kind=Kind(name="tea"), price=price, at=datetime(2026, 1, 2, tzinfo=timezone.utc)).save()
    try:
        Item(sku="x", kind=Kind(name="pen")).save()
    except me.ValidationError as error:
        invalid = sorted(error.errors)
    cheap = Item.objects(me.Q(price__lt=3) & me.Q(kind__name="tea")).order_by("-price")
    database.bind(provider=event["provider"], filename=":memory:")
    database.generate_mapping(create_tables=True)
    with orm.db_session:
        ann = Person(name="Ann")
        Car(make="Fiat", owner=ann), Car(make="Opel", owner=ann), Person(name="Bob")
        orm.flush()
        owners = orm.select((p.name, orm.count(p.cars)) for p in Person if p.name != "Zoe").order_by(1)[:]
        sql = database.last_sql.split()[0]
    return {
        "cheap": [i.sku for i in cheap], "invalid": invalid, "sum": float(Item.objects.sum("price")),
        "average": Item.objects.aggregate([{"$group": {"_id": None, "n": {"$sum": 1}}}]).next()["n"],
        "owners": sorted(map(list, owners)), "sql": sql, "year": Item.objects.first().at.year,
    }

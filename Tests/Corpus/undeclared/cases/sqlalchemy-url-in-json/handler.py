import json
from pathlib import Path

import sqlalchemy as sa

settings = json.loads(Path(__file__).with_name("settings.json").read_text())
engine = sa.create_engine(settings["database"]["url"], echo=settings["database"]["echo"])
orders = sa.table("orders", sa.column("id"), sa.column("total"))


def handler(event, context):
    query = sa.select(sa.func.sum(orders.c.total)).where(orders.c.id > event["after"])
    return {"dialect": engine.dialect.name, "driver": engine.driver, "sql": str(query.compile(engine))}

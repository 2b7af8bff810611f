"""Bookings in SQLite: yoyo brings the schema up to date, piccolo asks the questions."""

import asyncio
import tempfile
from pathlib import Path

from piccolo.columns import JSON, Array, Decimal, ForeignKey, Integer, Timestamp, Varchar
from piccolo.columns.readable import Readable
from piccolo.engine.sqlite import SQLiteEngine
from piccolo.query.functions import Avg, Count, Length, Max, Upper
from piccolo.table import Table, create_db_tables
from piccolo.testing.model_builder import ModelBuilder
from piccolo.utils.pydantic import create_pydantic_model
from pydantic import ValidationError
from yoyo import ancestors, get_backend, read_migrations, step
from yoyo.migrations import MigrationList

FOLDER = Path(tempfile.mkdtemp())
DB = SQLiteEngine(path=str(FOLDER / "shop.db"))
STEPS = {
    "0001.venues.sql": "CREATE TABLE venue (id INTEGER PRIMARY KEY, name TEXT UNIQUE, capacity INTEGER);",
    "0001.venues.rollback.sql": "DROP TABLE venue;",
    "0002.fill.py": "from yoyo import step\n__depends__ = {'0001.venues'}\nsteps = [step(\"INSERT INTO venue (name, capacity) VALUES ('Dome', 300)\", \"DELETE FROM venue\")]\n",
}


class Band(Table, db=DB):
    name = Varchar(length=50, unique=True)
    popularity = Integer(default=0)
    genres = Array(base_column=Varchar())

    @classmethod
    def get_readable(cls):
        return Readable(template="%s!", columns=[cls.name])


class Concert(Table, db=DB):
    band = ForeignKey(references=Band)
    price = Decimal(digits=(6, 2))
    details = JSON()
    starts = Timestamp()


async def ask(bands):
    await create_db_tables(Band, Concert)
    await Band.insert(*[Band(name=n, popularity=p, genres=g) for n, p, g in bands])
    first = await Band.objects().get(Band.name == bands[0][0])
    async with DB.transaction():
        await Concert(band=first, price="12.50", details={"doors": "19:00"}).save()
    await Band.update({Band.popularity: Band.popularity + 1}).where(Band.name.like("%ers"))
    joined = await Concert.select(Concert.band.name, Concert.price, Concert.details).first().output(load_json=True)
    made = await ModelBuilder.build(Concert, defaults={Concert.band: first}, persist=False)
    return {
        "names": await Band.select(Upper(Band.name), Length(Band.name, alias="length")).order_by(Band.popularity, ascending=False), "genres": first.genres,
        "joined": [joined["band.name"], str(joined["price"]), joined["details"]], "numbers": await Band.select(Count(Band.popularity), Max(Band.popularity), Avg(Band.popularity)).first(),
        "exists": await Band.exists().where((Band.popularity > 900) | Band.name.is_null()), "readable": await Band.select(Band.get_readable()).output(as_list=True).limit(1),
        "sql": str(Concert.select(Concert.band.popularity).where(Concert.band.name == "x")), "made": type(made.price).__name__, "refs": [c._meta.name for c in Concert._meta.foreign_key_columns],
    }


def handler(event, context):
    for name, text in STEPS.items():
        (FOLDER / name).write_text(text)
    backend = get_backend(f"sqlite:///{FOLDER}/shop.db", migration_table="_done")
    migrations = read_migrations(str(FOLDER))
    with backend.lock():
        backend.apply_migrations(backend.to_apply(migrations))
    applied = [m.id for m in migrations if backend.is_applied(m)]
    rows = backend.execute("SELECT name, capacity FROM venue").fetchall()
    backend.rollback_migrations(backend.to_rollback(migrations)[:1])
    left = [m.id for m in backend.to_apply(migrations)]
    model = create_pydantic_model(Band, all_optional=False)
    try:
        model(name="x" * 60, popularity="many", genres=[])
        wrong = None
    except ValidationError as error:
        wrong = sorted(e["loc"][0] for e in error.errors())
    return asyncio.run(ask(event["bands"])) | {
        "applied": applied, "rows": [list(r) for r in rows], "left": left, "wrong": wrong, "schema": sorted(model.model_json_schema()["properties"]),
        "ancestors": [m.id for m in ancestors(migrations[1], migrations)], "list": isinstance(migrations, MigrationList), "step": callable(step),
    }

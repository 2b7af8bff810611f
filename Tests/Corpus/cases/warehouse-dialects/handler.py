"""Warehouses by SQLAlchemy's URLs: each dialect is an entry point, no server is asked."""

from datetime import date

import pymssql
import sqlalchemy as sa
from clickhouse_connect.driver.binding import finalize_query
from clickhouse_connect.datatypes.registry import get_from_name
from sqlalchemy.dialects import registry
from sqlalchemy.engine import make_url
from trino.auth import BasicAuthentication, JWTAuthentication

metadata = sa.MetaData()
orders = sa.Table(
    "orders", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20)),
    sa.Column("day", sa.Date))


def compiled(url):
    dialect = make_url(url).get_dialect()()
    statement = sa.select(orders.c.name, sa.func.count()).where(orders.c.day > sa.bindparam("d", date(2026, 1, 2))).group_by(orders.c.name).limit(3)
    text = statement.compile(dialect=dialect)
    return [dialect.name, dialect.driver, " ".join(str(text).split()), dialect.identifier_preparer.quote("Order")]


def handler(event, context):
    out = {url.partition(":")[0]: compiled(url) for url in event["urls"]}
    engine = sa.create_engine("mssql+pymssql://u:p@127.0.0.1:1/db", connect_args={"login_timeout": 1})
    try:
        engine.connect()
    except sa.exc.OperationalError as error:
        refused = type(error.orig).__module__.partition(".")[0]
    return {
        "sql": out, "refused": refused, "quoted": pymssql._mssql.quote_simple_value("it's").decode(),
        "clickhouse": finalize_query("select %(a)s", {"a": "x'y"}), "type": get_from_name("Array(Nullable(Int64))").name,
        "auth": [type(a).__name__ for a in (BasicAuthentication("u", "p"), JWTAuthentication("t"))],
        "loaded": registry.load("trino").__name__,
    }

"""PostgreSQL without a server: composed SQL, adapters, two SQLAlchemy dialects."""

import asyncio
import datetime
import decimal
import uuid

import asyncpg
import psycopg
from psycopg import sql
from psycopg.adapt import PyFormat, Transformer
from psycopg.types.json import Jsonb
from sqlalchemy import column, create_engine, select, table
from sqlalchemy.ext.asyncio import create_async_engine


def handler(event, context):
    values = [
        7, "é", 2.5, None, datetime.date(2026, 1, 2), decimal.Decimal("1.10"),
        uuid.UUID(int=5), Jsonb({"a": 1}), [1, 2], datetime.timedelta(days=1, seconds=2),
    ]
    transformer = Transformer()
    dumped = transformer.dump_sequence(values, [PyFormat.AUTO] * len(values))
    text = [None if d is None else bytes(d).hex() for d in dumped]
    query = sql.SQL("select {} from {} where a = {}").format(
        sql.Identifier("a", "b"), sql.Identifier(event["table"]), sql.Literal("x'y")
    )
    refused = []
    try:
        psycopg.connect("host=127.0.0.1 port=1 connect_timeout=2")
    except psycopg.OperationalError as error:
        refused.append("refused" in str(error))
    try:
        asyncio.run(asyncpg.connect("postgresql://u:p@127.0.0.1:1/d", timeout=2))
    except OSError as error:
        refused.append(type(error).__name__)
    statement = select(column("a")).select_from(table("t")).where(column("a").in_([1, 2]))
    compiled = []
    for engine in (
        create_engine("postgresql+psycopg://u:p@h/d"),
        create_async_engine("postgresql+asyncpg://u:p@h/d").sync_engine,
    ):
        compiled.append([engine.dialect.driver, " ".join(str(statement.compile(engine)).split())])
    return {
        "implementation": psycopg.pq.__impl__, "dumped": text, "query": query.as_string(),
        "refused": refused, "compiled": compiled, "range": str(asyncpg.Range(1, 5)),
    }

import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

DATABASE_URL = "sqlite+aiosqlite:///:memory:"


async def total(rows):
    engine = create_async_engine(DATABASE_URL)
    async with engine.begin() as connection:
        await connection.execute(text("create table t (n integer)"))
        await connection.execute(text("insert into t values (:n)"), [{"n": n} for n in rows])
        result = await connection.execute(text("select sum(n) from t"))
        value = result.scalar_one()
    await engine.dispose()
    return value


def handler(event, context):
    return {"total": asyncio.run(total(event["rows"]))}

import asyncio
import os

from sqlalchemy import column, select, table
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

HOST = os.environ.get("DB_HOST", "localhost")
NAME = os.environ.get("DB_NAME", "bookings")
engine = create_async_engine(f"postgresql+asyncpg://app@{HOST}:5432/{NAME}")
sessions = async_sessionmaker(engine, expire_on_commit=False)
rooms = table("rooms", column("id"), column("beds"))


async def statement(beds):
    async with sessions() as session:
        assert isinstance(session, AsyncSession)
        query = select(rooms.c.id).where(rooms.c.beds >= beds).order_by(rooms.c.id)
        return str(query.compile(session.bind.sync_engine))


def handler(event, context):
    return {"sql": asyncio.run(statement(event["beds"])), "driver": engine.driver}

"""Stores and encodings: a Redis that is none, caches on disk, native codecs with Python fallbacks."""

import datetime
import tempfile

import cbor2
import fakeredis
import lz4.frame
import msgpack
import msgspec
import orjson
import zstandard
from cachetools import TTLCache, cached
from diskcache import Cache
from pymemcache.exceptions import MemcacheError
from redis.commands.search.query import Query
from sqlmodel import Field, Session, SQLModel, create_engine, select
from sqlalchemy_utils import EmailType, database_exists


class Product(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    mail: str = Field(sa_type=EmailType)


class Point(msgspec.Struct):
    x: int
    y: float = 1.5


@cached(TTLCache(8, 60))
def square(x):
    return x * x


def handler(event, context):
    redis = fakeredis.FakeRedis()
    pipeline = redis.pipeline()
    pipeline.hset("h", mapping=event["hash"]).zadd("z", {"a": 2, "b": 1}).expire("h", 5)
    piped = pipeline.execute()
    with tempfile.TemporaryDirectory() as folder, Cache(folder) as cache:
        cache.set("k", {"a": 1}, expire=60)
        kept = cache["k"]
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Product(name="pen", mail="A@B.example"))
        session.commit()
        product = session.exec(select(Product)).one().model_dump()
    data = {"a": [1, 2.5, None], "b": b"x"}
    return {
        "piped": piped, "sorted": [m.decode() for m in redis.zrange("z", 0, -1)], "kept": kept, "square": square(4), "product": product,
        "msgpack": msgpack.unpackb(msgpack.packb(data))["a"], "native": msgpack.Packer.__module__, "cbor": cbor2.loads(cbor2.dumps(data))["a"],
        "lz4": lz4.frame.decompress(lz4.frame.compress(b"tea" * 9)).decode()[:3],
        "zstd": zstandard.decompress(zstandard.compress(b"tea")).decode(), "orjson": orjson.dumps({"d": datetime.date(2026, 1, 2)}).decode(),
        "point": msgspec.json.decode(b'{"x": 3}', type=Point).y, "query": Query("a").limit_fields("b").get_args()[0],
        "exists": database_exists("sqlite:////nowhere/x.db"), "memcache": issubclass(MemcacheError, Exception),
    }

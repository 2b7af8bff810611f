"""BSON and a MongoDB client that finds nobody."""

import datetime

import bson
from bson import Decimal128, ObjectId, json_util
from bson.codec_options import CodecOptions
from pymongo import ASCENDING, MongoClient, UpdateOne
from pymongo.errors import BulkWriteError, ServerSelectionTimeoutError


def handler(event, context):
    document = {
        "_id": ObjectId("65a000000000000000000001"), "price": Decimal128("1.10"), "n": 2**40,
        "at": datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc), "in": event,
    }
    encoded = bson.encode(document)
    decoded = bson.decode(encoded, CodecOptions(tz_aware=True))
    client = MongoClient(
        "mongodb://a:b@127.0.0.1:1/?serverSelectionTimeoutMS=200&compressors=zlib", connect=False
    )
    try:
        client.shop.orders.bulk_write([UpdateOne({"a": 1}, {"$set": {"b": 2}}, upsert=True)])
    except (ServerSelectionTimeoutError, BulkWriteError) as error:
        failure = type(error).__name__
    return {
        "c": bson.has_c(), "size": len(encoded), "json": json_util.dumps(decoded, sort_keys=True),
        "failure": failure, "index": client.shop.orders.full_name, "order": ASCENDING,
    }

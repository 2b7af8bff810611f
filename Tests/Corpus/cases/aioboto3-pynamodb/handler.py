"""AWS without boto3's own calls: aioboto3's clients and resources, PynamoDB's models."""

import asyncio
import json
import os

import aioboto3
from aiobotocore.awsrequest import AioAWSResponse
from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.connection import Connection
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

os.environ |= {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "eu-west-1"}


class ByOwner(GlobalSecondaryIndex):
    class Meta:
        index_name, projection, read_capacity_units, write_capacity_units = "by-owner", AllProjection(), 1, 1

    owner = UnicodeAttribute(hash_key=True)


class Order(Model):
    class Meta:
        table_name, region = "orders", "eu-west-1"

    id = UnicodeAttribute(hash_key=True)
    at = UTCDateTimeAttribute(null=True)
    cents = NumberAttribute(default=0)
    owner = UnicodeAttribute(null=True)
    extra = JSONAttribute(null=True)
    by_owner = ByOwner()


class Raw:
    def __init__(self, content):
        self.content = content

    async def read(self):
        return self.content


async def answer(request, **kwargs):
    """Stands before the network: every request is answered here."""
    if "dynamodb" in request.url:
        body = {"Items": [{"id": {"S": "1"}}], "Count": 1, "ScannedCount": 1}
        return AioAWSResponse(request.url, 200, {"x-amzn-requestid": "r"}, Raw(json.dumps(body).encode()))
    body = b"<ListBucketResult><Name>b</Name><Contents><Key>k</Key><Size>3</Size></Contents></ListBucketResult>"
    return AioAWSResponse(request.url, 200, {}, Raw(body))


async def asynchronous(bucket):
    session = aioboto3.Session()
    session.events.register("before-send.*.*", answer)
    async with session.client("s3") as s3, session.client("dynamodb") as dynamodb:
        keys = [o["Key"] async for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket) for o in page.get("Contents", [])]
        url = await s3.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "k"})
        scanned = await dynamodb.scan(TableName="orders")
        waiter = dynamodb.get_waiter("table_exists").name
    async with session.resource("dynamodb") as resource:
        table = await resource.Table("orders")
        items = (await table.scan())["Items"]
    return {"keys": keys, "url": url.partition("?")[0], "items": items, "count": scanned["Count"], "waiter": waiter}


def handler(event, context):
    order = Order("1", cents=250, owner="ann", extra={"a": [1]})
    condition = (Order.cents > 3) & Order.owner.startswith("a")
    names, values = {}, {}
    connection = Connection(region="eu-west-1")
    return {
        "async": asyncio.run(asynchronous(event["bucket"])), "order": order.to_simple_dict(), "schema": Order._get_schema()["key_schema"],
        "condition": condition.serialize(names, values), "values": values, "client": connection.client.meta.service_model.service_name,
        "dict": order.to_simple_dict(force=True)["cents"], "again": Order.from_raw_data(order.serialize()).cents, "index": ByOwner.Meta.index_name,
    }

"""AWS services whose names only the environment of the function knows."""

import os

import boto3
from aws_lambda_powertools.utilities.idempotency import IdempotencyConfig, idempotent_function
from aws_lambda_powertools.utilities.idempotency.persistence.base import BasePersistenceLayer, DataRecord
from botocore.stub import ANY, Stubber

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")


class Memory(BasePersistenceLayer):
    def __init__(self):
        super().__init__()
        self.records = {}

    def _get_record(self, idempotency_key) -> DataRecord:
        return self.records[idempotency_key]

    def _put_record(self, data_record):
        self.records[data_record.idempotency_key] = data_record

    _update_record = _put_record

    def _delete_record(self, data_record):
        self.records.pop(data_record.idempotency_key)


def handler(event, context):
    name = os.environ.get("QUEUE_SERVICE", event["service"])
    session = boto3.Session(aws_access_key_id="a", aws_secret_access_key="b")
    client = session.client(name)
    with Stubber(client) as stub:
        stub.add_response("list_topics", {"Topics": [{"TopicArn": "arn:aws:sns:eu-west-1:1:t"}]}, {"NextToken": ANY})
        topics = client.list_topics(NextToken="x")["Topics"]
    calls = []

    @idempotent_function(data_keyword_argument="order", persistence_store=Memory(), config=IdempotencyConfig(event_key_jmespath="id"))
    def place(order):
        calls.append(order["id"])
        return order["id"]

    return {"topics": [t["TopicArn"] for t in topics], "placed": [place(order={"id": 1})], "calls": calls,
            "paginator": client.can_paginate("list_topics"), "resource": session.resource("s3").Bucket("b").name}

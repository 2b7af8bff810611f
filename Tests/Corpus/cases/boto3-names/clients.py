"""Clients by name: whoever calls `make` decides which services are needed."""

import functools

import boto3

REGION = "eu-west-1"


@functools.lru_cache(maxsize=None)
def make(service="sqs", *, region=REGION):
    return boto3.client(
        service_name=service, region_name=region, aws_access_key_id="a", aws_secret_access_key="b")


class Store:
    def __init__(self, table, service):
        self.table = table
        self.client = make(service)

"""AWS services whose names stand in tables, loops, defaults and other modules."""

import os

import names
from clients import Store, make


def handler(event, context):
    clients = [make(), Store(event["table"], names.TABLES).client]
    clients.append(make(names.ALARMS[event.get("alarm", os.environ.get("ALARM"))]))
    for name in ("s3", "kms"):
        clients.append(make(name))
    return {client.meta.service_model.service_name: client.meta.endpoint_url for client in clients}

import importlib
from importlib import import_module

import queues

ROUTES = {"email": "senders.email.send", "sms": "senders.sms"}
first = importlib.import_module("plain")
second = __import__("dunder")
NAME = "constant"
third = import_module("folded." + NAME)
fourth = import_module(f"folded.{'text'}")


def handler(event, context):
    module, _, name = queues.route(ROUTES, event["route"]).rpartition(".")
    return getattr(import_module(module), name)(event)

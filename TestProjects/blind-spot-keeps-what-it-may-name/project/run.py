import importlib
import os

import engine
import settled

backend = importlib.import_module(os.environ["BACKEND"])  # pare: import backends.redis
engine.load(os.environ["ENGINE"])


def handler(event, context):
    return backend

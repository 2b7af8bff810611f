from datetime import datetime

import attrs
from cattrs.preconf.orjson import make_converter

converter = make_converter()


@attrs.frozen
class Event:
    name: str
    at: datetime
    tags: set[str]


def handler(event, context):
    parsed = converter.loads(event["body"], list[Event])
    latest = max(parsed, key=lambda each: each.at)
    return {"latest": latest.name, "body": converter.dumps(attrs.evolve(latest, tags={"x"})).decode()}

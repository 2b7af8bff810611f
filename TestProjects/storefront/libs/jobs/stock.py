"""The warehouse publishes stock levels through Pub/Sub."""

import base64
import json

import yaml
from pydantic import BaseModel, Field


class Level(BaseModel):
    sku: str
    level: int = Field(ge=0)
    warehouse: str = "vienna"


def sync(event, context):
    """A background function: `event["data"]` is the message, in base64."""
    message = base64.b64decode(event["data"]).decode()
    # The old warehouse system writes YAML, the new one JSON. YAML reads both, but slowly.
    raw = json.loads(message) if message.startswith("[") else yaml.safe_load(message)
    levels = [Level.model_validate(item) for item in raw]
    return {
        "sold_out": [level.sku for level in levels if level.level == 0],
        "warehouses": sorted({level.warehouse for level in levels}),
    }

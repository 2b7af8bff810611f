"""Finds products although they are misspelled."""

import json
from pathlib import Path

from acme.ranking import rank

_titles = json.loads(Path(__file__).with_name("titles.json").read_text())


def handler(event, context):
    return {"hits": [{"sku": sku, "score": score} for sku, score in rank(event["q"], _titles)[:2]]}

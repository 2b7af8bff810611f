"""The expected yield of a roof: pvlib's model chain, with sun times from astral and moon light from ephem."""

import importlib
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def handler(event, context):
    site = tomllib.loads((ROOT / "sites" / f"{event['site']}.toml").read_text())
    answers = {"site": site["name"]}
    for task in event["tasks"]:
        module = importlib.import_module(site["tasks"][task])
        answers[task] = module.run(site, event["day"], **event.get(task, {}))
    return answers

"""Sizes a small process plant from a flowsheet: properties, equilibria, pipes and a safety check."""

import json
from pathlib import Path

from plant.registry import unit_of

SHEETS = Path(__file__).resolve().with_name("flowsheets")


def significant(value, digits=5):
    if isinstance(value, dict):
        return {str(k): significant(v, digits) for k, v in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [significant(v, digits) for v in value]
    if isinstance(value, bool) or value is None or isinstance(value, (str, int)):
        return value
    return float(f"{float(value):.{digits}g}")


def handler(event, context):
    sheet = json.loads((SHEETS / f"{event['sheet']}.json").read_text())
    results = {}
    for step in sheet["steps"]:
        options = {**step.get("with", {}), **event.get("override", {}).get(step["name"], {})}
        options = {k: results[v[1:]] if isinstance(v, str) and v.startswith("$") else v for k, v in options.items()}
        results[step["name"]] = unit_of(step["unit"])(**options)
    return significant(results)

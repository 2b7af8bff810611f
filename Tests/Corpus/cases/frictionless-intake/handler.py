"""Intake of suppliers' files: described, validated and cleaned with Frictionless, summed with petl."""

import importlib
import json
import os
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def handler(event, context):
    from intake.steps import pipeline_from
    from intake import report

    os.chdir(HERE)  # Frictionless only trusts relative paths
    answers = {"packages": report.validate_package("datapackage.yaml"), "inferred": {}}
    for name in event["infer"]:
        answers["inferred"][name] = report.describe(f"data/{name}")
    answers["cleaned"] = pipeline_from("reference/clean.yaml", "data/orders.csv")
    answers["checked"] = report.checked("data/orders.csv", event["checks"])
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(HERE / "data" / "archive.zip") as archive:
            archive.extractall(folder)
        totals = importlib.import_module(event["totals"])
        answers["totals"] = totals.summarise(Path(folder), HERE / "data", HERE / "reference" / "rates.json")
    answers["converted"] = report.convert("data/orders.csv", event["formats"])
    return json.loads(json.dumps(answers, default=str))

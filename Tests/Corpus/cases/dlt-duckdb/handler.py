"""Nightly load: orders of the shop into DuckDB, schema evolution and all."""

import os
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
os.environ["RUNTIME__LOG_LEVEL"] = "CRITICAL"
os.environ["NORMALIZE__WORKERS"] = os.environ["LOAD__WORKERS"] = "1"


def handler(event, context):
    from etl.jobs import load_all
    from etl.questions import ask

    with tempfile.TemporaryDirectory() as work:
        pipeline, runs = load_all(Path(work), HERE / "data", event["batches"])
        answers = ask(pipeline, HERE / "etl" / "questions.sql")
        schema = pipeline.default_schema
        tables = {name: sorted(table["columns"]) for name, table in schema.tables.items() if not name.startswith("_")}
        return {"runs": runs, "answers": answers, "tables": tables, "state": pipeline.state["sources"]}

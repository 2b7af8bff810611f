"""Runs the dbt project against DuckDB in /tmp: seeds, models, snapshot, tests."""

import os
import shutil
import tempfile
from pathlib import Path

PROJECT = Path(__file__).parent / "project"


def run(arguments, folder):
    from dbt.cli.main import dbtRunner

    done = dbtRunner().invoke([*arguments, "--project-dir", str(folder / "project"), "--profiles-dir", str(folder / "project")])
    if done.exception:
        raise done.exception
    return done.result


def handler(event, context):
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(PROJECT, folder / "project")
    os.environ.update(DBT_DATABASE=str(folder / "shop.duckdb"), DBT_LOG_PATH=str(folder / "logs"), DBT_TARGET_PATH=str(folder / "target"), DBT_SEND_ANONYMOUS_USAGE_STATS="False", DBT_QUIET="true")
    results = {}
    for command in event["commands"]:
        found = run([command, "--vars", f"{{least: {event['least']}}}"], folder)
        results[command] = sorted([one.node.name, str(one.status), one.failures] for one in found.results)
    listed = run(["ls", "--output", "name", "--select", "tag:daily+"], folder)
    inline = run(["show", "--inline", "select * from {{ ref('totals') }} order by customer", "--limit", "5"], folder)
    import duckdb

    with duckdb.connect(os.environ["DBT_DATABASE"]) as database:
        rows = database.execute("select customer, total, level from totals order by customer").fetchall()
    return {"results": results, "listed": sorted(listed), "rows": rows, "shown": [list(map(str, row)) for row in inline.results[0].agate_table.rows], "docs": (folder / "target" / "manifest.json").exists()}

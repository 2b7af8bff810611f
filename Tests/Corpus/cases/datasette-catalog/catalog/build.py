"""Loads the seed files with sqlite-utils: types, foreign keys, full-text search, a view."""

import json
from pathlib import Path

import sqlite_utils
from sqlite_utils.utils import TypeTracker, rows_from_file

SEED = Path(__file__).parent.parent / "seed"


def build_database(target):
    db = sqlite_utils.Database(str(target))
    db["operator"].insert_all(json.loads((SEED / "operators.json").read_text()), pk="id")
    with open(SEED / "stations.csv", "rb") as source:
        rows, _ = rows_from_file(source)
        tracker = TypeTracker()
        db["station"].insert_all(tracker.wrap(rows), pk="code", alter=True)
    db["station"].transform(types=tracker.types)
    db["station"].add_foreign_key("operator_id", "operator", "id")
    db["station"].extract("line", table="line", fk_column="line_id")
    db["station"].enable_fts(["name", "notes"], tokenize="porter")
    db["station"].create_index(["zone"])
    db["station"].convert("notes", lambda value: (value or "").strip().capitalize())
    db.create_view("busy", "select code, name, passengers from station where passengers > 20000")
    db.analyze()
    db.close()
    return target

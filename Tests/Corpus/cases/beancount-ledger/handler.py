"""Month-end check of the books: loads the ledger with its plugins, queries it, prints balances."""

import io
import sys
from pathlib import Path

import beanquery
from beancount import loader
from beancount.core import realization
from beancount.parser import printer
from beancount.scripts import format as beanformat
from beanquery.query import run_query

BOOKS = Path(__file__).parent / "books"


def handler(event, context):
    sys.path.insert(0, str(BOOKS))
    entries, errors, options = loader.load_file(str(BOOKS / event["ledger"]))
    kinds = {}
    for entry in entries:
        kinds[type(entry).__name__] = kinds.get(type(entry).__name__, 0) + 1
    answers = {}
    for name, query in event["queries"].items():
        types, rows = run_query(entries, options, query)
        answers[name] = {"columns": [t.name for t in types], "rows": [[str(cell) for cell in row] for row in rows]}
    connection = beanquery.connect("beancount:" + str(BOOKS / event["ledger"]))
    cursor = connection.execute("SELECT count(*) AS n FROM #postings")
    root = realization.realize(entries)
    out = io.StringIO()
    printer.print_entries([e for e in entries if type(e).__name__ == "Transaction"][:2], file=out)
    aligned = beanformat.align_beancount((BOOKS / event["ledger"]).read_text())
    return {
        "kinds": kinds,
        "errors": sorted(str(error.message).splitlines()[0] for error in errors),
        "currency": options["operating_currency"],
        "answers": answers,
        "postings": cursor.fetchall()[0][0],
        "assets": str(realization.compute_balance(realization.get(root, "Assets"))),
        "printed": out.getvalue().splitlines(),
        "lines": len(aligned.splitlines()),
    }

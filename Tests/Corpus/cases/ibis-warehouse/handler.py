"""Nightly revenue report: one set of expressions, run on DuckDB, compiled for the warehouses."""

import importlib
import tempfile
from pathlib import Path

import ibis
from ibis import _

DATA = Path(__file__).parent / "data"


def load(connection, target):
    orders = ibis.read_csv(DATA / "orders.csv")
    customers = ibis.read_csv(DATA / "customers.csv")
    connection.create_table("orders", orders.to_pyarrow(), overwrite=True)
    connection.create_table("customers", customers.to_pyarrow(), overwrite=True)
    return {name: connection.table(name) for name in connection.list_tables()}


def handler(event, context):
    reports = {}
    with tempfile.TemporaryDirectory() as folder:
        url = f"{event['backend']}://{folder}/warehouse.db"
        connection = ibis.connect(url)
        tables = load(connection, url)
        for name in event["reports"]:
            module = importlib.import_module(f"queries.{name}")
            expression = module.build(tables["orders"], tables["customers"])
            rows = connection.to_pyarrow(expression).to_pylist()
            reports[name] = {
                "rows": rows,
                "sql": {dialect: ibis.to_sql(expression, dialect=dialect).replace("\n", " ") for dialect in event["dialects"]},
                "schema": {column: str(kind) for column, kind in expression.schema().items()},
            }
        lite = ibis.sqlite.connect(Path(folder) / "small.sqlite")
        lite.create_table("orders", ibis.read_csv(DATA / "orders.csv").to_pyarrow())
        total = lite.table("orders").aggregate(n=_.count(), total=_.amount.sum(), cities=_.customer.nunique()).to_pyarrow().to_pylist()
        connection.disconnect()
    return {"reports": reports, "sqlite": total, "repr": repr(tables["orders"].filter(_.amount > 50).select("id", "amount"))}

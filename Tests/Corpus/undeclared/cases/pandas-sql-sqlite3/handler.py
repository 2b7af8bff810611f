import sqlite3

import pandas as pd


def handler(event, context):
    connection = sqlite3.connect(":memory:")
    pd.DataFrame(event["rows"]).to_sql("stock", connection, index=False)
    few = pd.read_sql_query(
        "SELECT sku, stock FROM stock WHERE stock < ? ORDER BY sku",
        connection,
        params=(event["below"],),
    )
    return {"reorder": few["sku"].tolist(), "units": int(few["stock"].sum())}

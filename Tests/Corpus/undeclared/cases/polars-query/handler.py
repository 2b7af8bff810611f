import io
import json

import polars as pl


def handler(event, context):
    frame = pl.read_csv(io.StringIO(event["body"]))
    totals = (
        frame.lazy()
        .with_columns((pl.col("price") * pl.col("n")).alias("total"))
        .group_by("item")
        .agg(pl.col("total").sum())
        .sort("item")
        .collect()
    )
    return json.loads(totals.write_json())

"""Polars: a lazy query, windows, strings, files."""

import io

import polars as pl


def handler(event, context):
    frame = pl.DataFrame(event)
    lazy = (
        frame.lazy()
        .with_columns(pl.col("day").str.to_date(), (pl.col("n") * pl.col("price")).alias("total"))
        .group_by("name").agg(pl.col("total").sum(), pl.col("day").max())
        .sort("name")
    )
    written = io.BytesIO()
    frame.write_parquet(written)
    written.seek(0)
    window = frame.with_columns(pl.col("n").rank().over("name").alias("rank"))
    sql = pl.SQLContext(t=frame).execute("select name, count(*) c from t group by name order by name", eager=True)
    return {
        "rows": [[n, t, d.isoformat()] for n, t, d in lazy.collect().rows()], "plan": "AGG" in lazy.explain().upper(),
        "parquet": pl.read_parquet(written).shape, "rank": window["rank"].to_list(), "sql": sql.rows(),
        "json": frame.head(1).write_json(), "pivot": frame.pivot("name", index="day", values="n", aggregate_function="sum").columns,
    }

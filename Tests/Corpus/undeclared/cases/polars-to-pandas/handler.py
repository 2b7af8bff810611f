import polars as pl


def handler(event, context):
    frame = pl.DataFrame(event["rows"]).filter(pl.col("n") > 1)
    table = frame.to_pandas().set_index("name")
    return table["n"].to_dict()

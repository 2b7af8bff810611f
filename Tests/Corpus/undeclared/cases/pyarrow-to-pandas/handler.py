import pyarrow as pa


def handler(event, context):
    table = pa.table(event["columns"])
    frame = table.to_pandas()
    frame["share"] = frame["n"] / frame["n"].sum()
    return frame.round(3).to_dict(orient="records")

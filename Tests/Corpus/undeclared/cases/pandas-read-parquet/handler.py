import io

import pandas as pd


def snapshot(rows):
    buffer = io.BytesIO()
    pd.DataFrame(rows).to_parquet(buffer, index=False)
    return buffer.getvalue()


def handler(event, context):
    stored = snapshot(event["rows"])
    frame = pd.read_parquet(io.BytesIO(stored), columns=["region", "amount"])
    return frame.groupby("region")["amount"].sum().to_dict()

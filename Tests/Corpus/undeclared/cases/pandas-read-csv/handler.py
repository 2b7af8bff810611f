import io
import json

import pandas as pd


def handler(event, context):
    orders = pd.read_csv(io.StringIO(event["body"]), parse_dates=["date"])
    orders["total"] = orders["price"] * orders["quantity"]
    per_day = orders.groupby(orders["date"].dt.date)["total"].sum()
    by_item = orders.pivot_table(index="item", values="total", aggfunc="sum")
    return {
        "statusCode": 200,
        "days": {str(day): round(float(total), 2) for day, total in per_day.items()},
        "items": json.loads(by_item.round(2).to_json(orient="index")),
    }

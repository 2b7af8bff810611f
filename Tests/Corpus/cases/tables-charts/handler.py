"""The weekly report: figures and tables, each a module of its own, named in the order."""

import os
import tempfile

os.environ.setdefault("MPLCONFIGDIR", tempfile.gettempdir())

import matplotlib

matplotlib.use("agg")

import pandas as pd

import figures


def handler(event, context):
    sales = pd.DataFrame(event["sales"])
    sales["day"] = pd.to_datetime(sales["day"])
    made = {}
    for order in event["figures"]:
        made[order["name"]] = figures.draw(order["name"], sales, **order.get("options", {}))
    return made

import sqlite3

from datadog_lambda.metric import lambda_metric
from ddtrace.trace import tracer


@tracer.wrap("place")
def place(order):
    lambda_metric("shop.orders", 1, tags=["kind:tea"])
    return sqlite3.connect(":memory:").execute("select ?", (order,)).fetchone()[0]


def handle(event, context):
    return {"statusCode": 200, "body": str(place(event["order"])), "traced": tracer.current_span() is not None}

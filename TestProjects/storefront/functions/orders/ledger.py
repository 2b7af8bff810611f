"""Orders in the database, and on the queue that the warehouse reads."""

import json

from acme.orders import order_number
from commerce.aws import client
from commerce.db import LineRow, OrderRow, session
from commerce.models import Order
from commerce.settings import settings


def place(order: Order) -> str:
    customer = order.customer
    number = order_number(customer.email, *(f"{line.quantity} {line.sku}" for line in order.lines))
    row = OrderRow(number=number, email=customer.email, country=customer.country)
    row.lines = [LineRow(**line.model_dump()) for line in order.lines]
    with session() as transaction, transaction.begin():
        transaction.add(row)
    client("sqs").send_message(
        QueueUrl=settings.order_queue, MessageBody=json.dumps({"number": number})
    )
    return number


def find(number: str) -> dict | None:
    with session() as transaction:
        row = transaction.get(OrderRow, number)
        if row is None:
            return None
        lines = [{"sku": line.sku, "quantity": line.quantity} for line in row.lines]
        return {"number": row.number, "state": row.state, "lines": lines}

"""Orders over HTTP: place one, look at one."""

from http import HTTPStatus

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.exceptions import BadRequestError, NotFoundError
from pydantic import ValidationError

import ledger
from commerce import Order

logger = Logger(service="orders", level="ERROR")
app = APIGatewayHttpResolver()


@app.post("/orders")
def place():
    try:
        order = Order.model_validate(app.current_event.json_body)
    except ValidationError as error:
        raise BadRequestError(error.errors()[0]["msg"]) from error
    number = ledger.place(order)
    logger.info("placed", extra={"number": number})
    return {"number": number, "total": str(order.gross)}, HTTPStatus.CREATED


@app.get("/orders/<number>")
def show(number: str):
    order = ledger.find(number)
    if order is None:
        raise NotFoundError(f"no order {number}")
    return order


def handler(event, context):
    return [app.resolve(request, context) for request in event["requests"]]

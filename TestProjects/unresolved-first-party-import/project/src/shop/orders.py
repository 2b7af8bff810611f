import shop.prices
from shop import invoices
from shop.pricing import Missing
from .nowhere import thing


def handler(event, context):
    return event

from acme.prices import price
from acme.carriers import dhl
from acme.cloud import storage
import acme.unused_elsewhere  # neither root has it


def handler(event, context):
    return price(event) + dhl.rate(event)

import letters
from shop import render


def handler(event, context):
    return event

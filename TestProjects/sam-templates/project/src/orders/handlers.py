from money import rounded

from .store import orders


def get(event, context):
    return rounded(orders[event["id"]])


def put(event, context):
    from .audit import note

    orders[event["id"]] = event["total"]
    note(event)

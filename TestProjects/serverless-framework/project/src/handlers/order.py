from src.rates import rate


def handle(event, context):
    return rate(event["currency"])

from chalicelib import money


def app(event, context):
    return money.EURO

import orders.prices


def handler(event, context):
    return 1

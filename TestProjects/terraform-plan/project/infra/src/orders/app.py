import prices


def handler(event, context):
    return prices.EACH

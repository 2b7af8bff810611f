from pricing import table


def handler(event, context):
    return table.PRICES

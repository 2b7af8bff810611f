from store.money import total


def handler(event, context):
    from store import slips

    return slips.write(-total(event))

import used


def handler(event, context):
    return event

import money
import Money


def handler(event, context):
    return event

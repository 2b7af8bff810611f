import both
import early
import half.part


def handler(event, context):
    return event

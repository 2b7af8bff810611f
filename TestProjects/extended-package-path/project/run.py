import parts.left
import parts.right


def handler(event, context):
    return event

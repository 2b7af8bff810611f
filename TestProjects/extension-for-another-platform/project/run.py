import fast
import mac
import old
import stable


def handler(event, context):
    return event

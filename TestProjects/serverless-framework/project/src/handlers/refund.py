def handle(event, context):
    return -event["total"]


def check(event, context):
    return True

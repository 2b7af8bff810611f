import legacy.core


def handler(event, context):
    return legacy.core.NAME

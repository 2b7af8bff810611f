from tea import pot


def handler(event, context):
    return pot.VOLUME

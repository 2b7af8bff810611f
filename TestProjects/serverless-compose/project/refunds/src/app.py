def create(event, context):
    return -1


def list_all(event, context):
    return []

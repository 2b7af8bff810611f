from tea import leaf


def create(event, context):
    return leaf.WEIGHT

import spoon
from tea import leaf


def handler(event, context):
    return [leaf.WEIGHT, spoon.SIZE]

import spoon


def handler(event, context):
    return spoon.SIZE

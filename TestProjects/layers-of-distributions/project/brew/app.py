import cup
import spoon


def handler(event, context):
    return [cup.SIZE, spoon.SIZE]

import common
import toast


def handler(event, context):
    return common, toast

import common
import shared_log
import toast


def handler(event, context):
    return common, toast

from kit import Tool


def handler(event, context):
    return Tool

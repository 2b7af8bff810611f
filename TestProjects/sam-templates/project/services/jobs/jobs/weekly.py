import json


def run(event, context):
    return json.dumps(event)

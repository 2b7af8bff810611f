def run(event, context):
    return 3

import notes


def handler(event, context):
    return notes.titles(event["share"])

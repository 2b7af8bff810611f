import notes.render


def handler(event, context):
    return notes.render.page(event["root"])

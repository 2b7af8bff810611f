import tables


def handle(event, context):
    return tables.table(event)

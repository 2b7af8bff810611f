import slips


def handler(event, context):
    return slips.LENGTH

import tea


def handler(event, context):
    return tea.WEIGHT

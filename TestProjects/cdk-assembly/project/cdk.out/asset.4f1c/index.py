import shared.money
import tea


def handler(event, context):
    return tea.BREW

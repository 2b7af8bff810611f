import patched
import spaced.one
import spaced.two


def handler(event, context):
    return event

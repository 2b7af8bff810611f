import bad_cookie
import bad_syntax
import bad_utf8
import has_nul
import latin


def handler(event, context):
    return event

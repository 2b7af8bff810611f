import io
import sys

import structlog


def handler(event, context):
    render = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=12)
    try:
        return {"share": 1 / event["parts"]}
    except ZeroDivisionError:
        out = io.StringIO()
        formatter = structlog.dev.RichTracebackFormatter(
            color_system=None, width=80, show_locals=False, word_wrap=False)
        formatter(out, sys.exc_info())
        line = render(None, "error", {"event": "failed", "level": "error", "parts": 0})
        return {"line": line, "boxed": out.getvalue().splitlines()[-1]}

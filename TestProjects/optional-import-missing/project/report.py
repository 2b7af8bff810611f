import contextlib

try:
    import orjson as json  # not installed: no warning, the author has thought of it
except ImportError:
    import json

with contextlib.suppress(ModuleNotFoundError):
    import sentry_sdk

try:
    import ledger
except ImportError:
    ledger = None

import missing_for_sure


def handler(event, context):
    return json.dumps(event)

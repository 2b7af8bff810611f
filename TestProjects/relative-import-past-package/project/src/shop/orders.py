from . import money
from .. import settings  # CPython: ImportError, attempted relative import beyond top-level package
from ...tools import clean


def handler(event, context):
    return money.total(event)

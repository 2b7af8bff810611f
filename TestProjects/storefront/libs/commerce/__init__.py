"""What every part of the shop agrees on: money, orders, settings, and how to reach AWS.

The names below are imported when they are first asked for (PEP 562), so that
``from commerce import Money`` does not cost a database driver.
"""

from importlib import import_module

_EXPORTS = {
    "Customer": ".models",
    "Line": ".models",
    "Money": ".money",
    "Order": ".models",
    "session": ".db",
    "settings": ".settings",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    try:
        module = import_module(_EXPORTS[name], __name__)
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    return getattr(module, name)

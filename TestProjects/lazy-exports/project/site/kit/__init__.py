from importlib import import_module

_NAMES = {"Tool": ".tool", "Box": ".box"}


def __getattr__(name):
    return getattr(import_module(_NAMES[name], __name__), name)

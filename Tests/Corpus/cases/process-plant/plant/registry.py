from importlib import import_module

_FOUND = {}


def unit(function):
    _FOUND[f"{function.__module__.rpartition('.')[2]}.{function.__name__}"] = function
    return function


def unit_of(name):
    if name not in _FOUND:
        import_module(f"plant.units.{name.split('.')[0]}")
    return _FOUND[name]

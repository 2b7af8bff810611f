from importlib import import_module

backend = import_module(".backends.memory", __name__)
DEFAULT = "queues.backends.disk"


def route(routes, name):
    return routes[name]

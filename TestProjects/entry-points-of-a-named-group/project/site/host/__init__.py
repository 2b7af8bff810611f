from importlib.metadata import entry_points, version

__version__ = version("host")


def plugins():
    return entry_points(group="host.plugins")

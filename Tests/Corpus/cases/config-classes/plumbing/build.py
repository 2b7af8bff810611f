import pkgutil
from functools import reduce
from pydoc import locate

def build(config):
    first = locate(config["handler"])()
    return reduce(lambda inner, name: pkgutil.resolve_name(name)(inner) if ":" in name else locate(name)(inner), reversed(config["middleware"]), first)

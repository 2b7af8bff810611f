"""Writers are looked up by format and imported only then."""

from importlib import import_module


class Registry(dict):
    def __missing__(self, name):
        module = {"svg": "preview", "hpgl": "preview", "json": "preview"}.get(name, "solids")
        self[name] = getattr(import_module(f".{module}", __name__), f"to_{name}", None) or \
            import_module(f".{module}", __name__).through_meshio(name)
        return self[name]


WRITERS = Registry()

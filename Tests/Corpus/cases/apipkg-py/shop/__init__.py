import apipkg
apipkg.initpkg(__name__, {
    "cube": ".maths:cube",
    "PI": ".numbers:PI",
    "twice": ".functions:twice",
    "tools": {"NAME": "shop.tooling:NAME", "deep": {"x": ".tooling:X"}},
}, attr={"__version__": "1.0"})

"""Each submodule registers for the suffixes it reads; loaded at the first file of the kind."""

import importlib
from pathlib import PurePath

READERS = {".sta": "mt940_reader", ".mt940": "mt940_reader", ".ofx": "ofx_reader", ".qfx": "ofx_reader"}


def read(name, content):
    module = READERS.get(PurePath(name).suffix.lower())
    if module is None:
        raise LookupError(name)
    return list(importlib.import_module(f"{__name__}.{module}").entries(content))

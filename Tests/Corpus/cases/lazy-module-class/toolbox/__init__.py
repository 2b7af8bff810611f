"""Everything is loaded when it is asked for: by a module class of its own."""
import importlib
import sys
import types
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .hammers import Hammer
    from .saws.hand import saw

_WHERE = {"Hammer": (".hammers", None), "saw": (".saws.hand", "cut"), "nails": (".nails", ""), "box": (".storage.box", "")}

class _Lazy(types.ModuleType):
    def __getattr__(self, name):
        try:
            place, attribute = _WHERE[name]
        except KeyError:
            raise AttributeError(name) from None
        module = importlib.import_module(place, self.__name__)
        value = module if attribute == "" else getattr(module, attribute or name)
        self.__dict__[name] = value
        return value
    def __dir__(self): return sorted(_WHERE)

sys.modules[__name__].__class__ = _Lazy

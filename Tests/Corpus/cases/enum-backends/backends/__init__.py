from enum import StrEnum
from importlib import import_module

class Backend(StrEnum):
    MEMORY = "memory"
    DISK = "disk_store"

    @property
    def module(self): return f"{__name__}.{self.value}"

    def load(self): return import_module(self.module).Store()

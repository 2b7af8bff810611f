import importlib
from enum import Enum, auto

class Job(Enum):
    def _generate_next_value_(name, start, count, last): return name.lower()
    NIGHTLY = auto()
    WEEKLY = auto()

    def run(self):
        return importlib.import_module("jobs.job_" + self.name.lower()).run()

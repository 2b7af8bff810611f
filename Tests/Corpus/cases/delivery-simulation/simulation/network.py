"""The road network, on rustworkx or on igraph."""

import csv
from importlib import import_module
from importlib.resources import files


class Network:
    def __init__(self, backend, roads):
        with files(__package__).joinpath(roads).open() as source:
            self.roads = [(r["source"], r["target"], float(r["minutes"]), float(r["km"])) for r in csv.DictReader(source)]
        self.places = sorted({p for road in self.roads for p in road[:2]})
        self.inner = import_module(f"{__package__}.on_{backend}").Graph(self.places, self.roads)

    def minutes(self, a, b):
        return self.inner.minutes(a, b)

    def facts(self):
        return self.inner.facts()

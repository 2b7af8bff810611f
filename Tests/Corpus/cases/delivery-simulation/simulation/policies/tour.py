from itertools import permutations

from .base import Policy


class Tour(Policy):
    def __init__(self, network, weight, batch):
        super().__init__(network, weight)
        self.batch = batch

    def choose(self, place, waiting):
        some = sorted(waiting, key=lambda o: o.number)[: self.batch]

        def length(order):
            stops = [place, *(o.place for o in order)]
            return sum(map(self.network.minutes, stops, stops[1:]))

        return list(min(permutations(some), key=length))

from .base import Policy


class Nearest(Policy):
    def choose(self, place, waiting):
        return [min(waiting, key=lambda o: (self.network.minutes(place, o.place), o.number))]

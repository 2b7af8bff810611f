from abc import ABC, abstractmethod


class Policy(ABC):
    def __init__(self, network, weight):
        self.network, self.weight = network, weight

    @abstractmethod
    def choose(self, place, waiting):
        """The orders to take next, in order."""

from importlib import import_module

import numpy as np


class Source:
    def rows(self):
        raise NotImplementedError


class Bundled(Source):
    """A data set that scikit-learn brings along.

    Args:
        name: as in load_NAME
        seed: for the order
    """

    def __init__(self, name: str, seed: int = 0):
        self.name, self.seed = name, seed

    def rows(self):
        data = getattr(import_module("sklearn.datasets"), f"load_{self.name}")()
        order = np.random.default_rng(self.seed).permutation(len(data.target))
        return data.data[order], data.target[order]

import functools
import pickle
from importlib import resources


@functools.lru_cache(maxsize=1)
def pipeline():
    return pickle.loads(resources.files(__name__).joinpath("pipeline.pkl").read_bytes())

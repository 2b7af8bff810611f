"""Libraries that ctypes opens by path: LightGBM's own, and LLVM below numba."""

import lightgbm as lgb
import numpy as np
from numba import njit, prange, vectorize


@njit
def total(values):
    out = 0.0
    for i in prange(len(values)):
        out += values[i] ** 2
    return out


@vectorize(["float64(float64, float64)"])
def longer(a, b):
    return a if a > b else b


def handler(event, context):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 3))
    y = (x[:, 0] + x[:, 1] > 0).astype(int)
    model = lgb.train({"objective": "binary", "verbose": -1, "num_threads": 1, "deterministic": True, "seed": 1},
                      lgb.Dataset(x, y), num_boost_round=20)
    right = float(((model.predict(x) > 0.5) == y).mean())
    again = lgb.Booster(model_str=model.model_to_string())
    return {"right": right > 0.9, "trees": again.num_trees(), "names": model.feature_name(),
            "total": total(np.array(event["values"])), "longer": longer(np.array([1.0, 5.0]), 2.0).tolist()}

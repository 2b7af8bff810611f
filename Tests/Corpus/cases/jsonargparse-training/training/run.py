from typing import Literal

from sklearn import metrics
from sklearn.pipeline import Pipeline

from .schema import Limits


class Trainer:
    """Fits on one half, scores on the other.

    Args:
        seed: for the order of the rows
        limits: what has to be reached
        metric: which score
    """

    def __init__(self, seed: int, limits: Limits = Limits(), metric: Literal["accuracy_score", "cohen_kappa_score"] = "accuracy_score"):
        self.seed, self.limits, self.metric = seed, limits, metric

    def fit(self, source, scaler, model):
        x, y = source.rows()
        half = len(x) // 2
        steps = Pipeline([("scale", scaler), ("model", model)]).fit(x[:half], y[:half])
        score = getattr(metrics, self.metric)(y[half:], steps.predict(x[half:]))
        return {"kind": type(model).__module__, "score": round(float(score), self.limits.digits), "passed": bool(score >= self.limits.least)}

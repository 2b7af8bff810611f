"""A trained pipeline out of a file: the handler names no estimator, the pickle does."""

from pathlib import Path

import joblib

model = joblib.load(Path(__file__).with_name("model") / "churn.joblib")


def handler(event, context):
    chance = model.predict_proba(event["rows"])
    return {
        "predicted": model.predict(event["rows"]).tolist(), "chance": [[round(float(p), 3) for p in row] for row in chance],
        "steps": [name for name, _ in model.steps],
    }

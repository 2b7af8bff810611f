from pathlib import Path

import joblib

MODEL = joblib.load(Path(__file__).with_name("weights.joblib"))


def handler(event, context):
    weights, bias = MODEL["weights"], MODEL["bias"]
    return {"score": round(float((weights * event["features"]).sum() + bias), 4)}

"""POST /score: probability that an application is refused, with reasons."""

import base64
import io
import json

import pandas as pd

from model import pipeline

COLUMNS = {"amount": "float64", "income": "float64", "country": "object", "channel": "object", "branch": "object", "version": "int64"}


def frame_of(event):
    body = base64.b64decode(event["body"]) if event.get("isBase64Encoded") else event["body"].encode()
    if "csv" in event["headers"].get("content-type", ""):
        frame = pd.read_csv(io.BytesIO(body))
    else:
        frame = pd.DataFrame(json.loads(body))
    frame["opened"] = pd.to_datetime(frame["opened"])
    return frame.astype(COLUMNS)[["amount", "income", "country", "channel", "branch", "opened", "version"]]


def handler(event, context):
    try:
        frame = frame_of(event)
    except (KeyError, ValueError) as error:
        return {"statusCode": 400, "body": json.dumps({"error": type(error).__name__})}
    steps = pipeline()
    scores = steps.predict_proba(frame)[:, 1]
    answer = {"scores": [round(float(s), 5) for s in scores]}
    if event.get("queryStringParameters", {}).get("explain") == "1":
        from model.explain import reasons

        answer["reasons"] = list(reasons(steps, frame))
        answer["woe"] = steps.named_steps["woe"].mapping["country"].round(4).tolist()
    return {"statusCode": 200, "body": answer}

"""Webhook of the code host: comments on the files that a pull request touches."""

import json

from review import load_rules, run_reviewers


def handler(event, context):
    payload = json.loads(event["body"])
    if payload.get("action") not in ("opened", "synchronize"):
        return {"statusCode": 204, "body": ""}
    rules = load_rules()
    comments = []
    for file in payload["files"]:
        comments += run_reviewers(rules, file["path"], file["content"])
    comments.sort(key=lambda c: (c["path"], c["line"], c["by"], c["text"]))
    conclusion = "failure" if any(c["level"] == "error" for c in comments) else "neutral"
    return {"statusCode": 200, "conclusion": conclusion, "comments": comments}

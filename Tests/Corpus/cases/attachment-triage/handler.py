"""Mail gateway: every attachment gets a verdict before it is delivered."""

import base64

from triage import inspect, verdict


def handler(event, context):
    answers = []
    for attachment in event["attachments"]:
        content = base64.b64decode(attachment["content"])
        findings = inspect(attachment["name"], content, attachment.get("password"))
        answers.append({"name": attachment["name"], **verdict(findings), "findings": findings})
    return {"statusCode": 200, "attachments": answers,
            "deliver": [a["name"] for a in answers if a["verdict"] == "deliver"]}

"""Queue consumer: OCPP frames from the gateway in, answers and meter rows out."""

import asyncio

from station.session import Session


def handler(event, context):
    answers, failures = [], []
    sessions = {}
    for record in event["Records"]:
        charger = record["messageAttributes"]["charger"]["stringValue"]
        version = record["messageAttributes"]["protocol"]["stringValue"]
        session = sessions.setdefault(charger, Session.open(charger, version))
        try:
            answers.append([charger, *asyncio.run(session.receive(record["body"]))])
        except ValueError as error:
            failures.append({"itemIdentifier": record["messageId"], "why": str(error)[:120]})
    return {"answers": answers, "batchItemFailures": failures,
            "meters": {name: s.meters for name, s in sorted(sessions.items())}}

"""Queue consumer: an alarm goes to every channel its team has subscribed with."""

import json

from notify.dispatch import Dispatcher


def handler(event, context):
    results, failures = [], []
    with Dispatcher(event.get("dry_run", False)) as dispatcher:
        for record in event["Records"]:
            alarm = json.loads(record["body"])
            try:
                results.append(dispatcher.send(alarm))
            except KeyError as error:
                failures.append({"itemIdentifier": record["messageId"], "unknown": str(error)})
        sent = dispatcher.requests()
    return {"results": results, "batchItemFailures": failures, "sent": sent,
            "services": dispatcher.services()}

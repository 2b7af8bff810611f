"""Nightly: what runs in which cloud, and what of it breaks the house rules."""

from inventory.clouds import connect
from inventory.collect import COLLECTORS
from inventory import policies


def handler(event, context):
    report = {}
    for name in event["clouds"]:
        with connect(name, recorded=event.get("recorded", True)) as cloud:
            found = {kind: COLLECTORS[kind](cloud) for kind in event["kinds"]}
            report[name] = {
                "project": cloud.current_project_id,
                "found": found,
                "violations": policies.check(found),
                "actions": policies.remedy(cloud, found) if event.get("remedy") else [],
            }
    return report

"""Campaign changes and reports for two ad platforms, as the nightly job sends them. The servers are in the process."""

from pathlib import Path

from ads import google, meta

QUERIES = Path(__file__).parent / "queries"


def handler(event, context):
    server, port = google.server(event["version"])
    try:
        client = google.client(port, event["version"])
        report = google.report(client, event["customer"], (QUERIES / f"{event['report']}.gaql").read_text())
        changed = google.change(client, event["customer"], event["budget"])
        refused = google.refused(client, event["customer"])
    finally:
        server.stop(None)
    return {
        "report": report,
        "changed": changed,
        "refused": refused,
        "versions": [google.describe(version) for version in event["versions"]],
        "meta": meta.run(event["account"], event["campaign"]),
    }

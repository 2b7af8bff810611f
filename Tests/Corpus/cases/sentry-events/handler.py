"""Sentry with its automatic integrations, and a transport that keeps what it is given."""

import logging

import sentry_sdk
from flask import Flask
from sentry_sdk.envelope import Envelope
from sentry_sdk.integrations.flask import FlaskIntegration
from sentry_sdk.transport import Transport

sent = []


class Keep(Transport):
    def capture_envelope(self, envelope: Envelope):
        sent.extend(item.payload.json for item in envelope.items if item.payload.json)


app = Flask("shop")


@app.route("/fail")
def fail():
    raise ValueError("no tea")


def handler(event, context):
    sentry_sdk.init(dsn="https://k@sentry.example/1", transport=Keep, integrations=[FlaskIntegration()],
                    traces_sample_rate=1.0, release="1", server_name="s", auto_session_tracking=False)
    with sentry_sdk.new_scope() as scope:
        scope.set_tag("kind", event["kind"])
        sentry_sdk.add_breadcrumb(message="before")
        logging.getLogger("shop").error("careful %s", 5)
    status = app.test_client().get("/fail").status_code
    with sentry_sdk.start_transaction(name="job", op="task"):
        with sentry_sdk.start_span(op="db", name="select"):
            pass
    sentry_sdk.flush()
    errors = [e for e in sent if e.get("type") != "transaction"]
    return {
        "status": status, "levels": [e["level"] for e in errors], "tags": errors[0]["tags"],
        "exception": errors[-1]["exception"]["values"][-1]["value"],
        "transactions": [e["transaction"] for e in sent if e.get("type") == "transaction"],
        "integrations": [i for i in errors[0]["sdk"]["integrations"] if i in ("flask", "logging", "threading")],
    }

import sentry_sdk
from flask import Flask
from sentry_sdk.integrations.flask import FlaskIntegration

events = []
sentry_sdk.init(
    dsn="https://key@o1.ingest.example.com/1",
    integrations=[FlaskIntegration(transaction_style="url")],
    before_send=lambda event, hint: events.append(event),
)
app = Flask(__name__)


@app.get("/divide/<int:by>")
def divide(by):
    return {"share": 1 / by}


def handler(event, context):
    client = app.test_client()
    statuses = [client.get(path).status_code for path in event["paths"]]
    return {"statuses": statuses, "transactions": [each["transaction"] for each in events]}

import sentry_sdk

events = []
sentry_sdk.init(
    dsn="https://key@o1.ingest.example.com/1",
    before_send=lambda event, hint: events.append(event),
    release="shop@1.2.3",
)


def handler(event, context):
    with sentry_sdk.new_scope() as scope:
        scope.set_tag("tenant", event["tenant"])
        try:
            event["missing"]
        except KeyError as error:
            sentry_sdk.capture_exception(error)
    sentry_sdk.flush(timeout=0.1)
    error = events[0]["exception"]["values"][0]
    return {"type": error["type"], "tags": events[0]["tags"], "release": events[0]["release"]}

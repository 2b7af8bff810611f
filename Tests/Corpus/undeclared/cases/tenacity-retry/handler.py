import tenacity

attempts = []


@tenacity.retry(
    stop=tenacity.stop_after_attempt(4),
    wait=tenacity.wait_none(),
    retry=tenacity.retry_if_exception_type(ConnectionError),
)
def flaky(until):
    attempts.append(len(attempts))
    if len(attempts) < until:
        raise ConnectionError("again")
    return "done"


def handler(event, context):
    return {"answer": flaky(event["until"]), "attempts": len(attempts)}

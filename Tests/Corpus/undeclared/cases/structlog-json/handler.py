import io
import json

import structlog


def handler(event, context):
    out = io.StringIO()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=out),
    )
    structlog.contextvars.bind_contextvars(request=event["request"])
    log = structlog.get_logger()
    log.info("received", size=len(event["items"]))
    for item in event["items"]:
        log.warning("skipped", item=item) if item < 0 else log.debug("kept", item=item)
    return [json.loads(line) for line in out.getvalue().splitlines()]

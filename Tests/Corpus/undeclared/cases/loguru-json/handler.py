import io
import json

from loguru import logger


def handler(event, context):
    out = io.StringIO()
    logger.remove()
    logger.add(out, serialize=True, level="INFO", backtrace=False)
    bound = logger.bind(request=event["request"])
    bound.info("took {} ms", event["ms"])
    bound.debug("not this")
    records = [json.loads(line)["record"] for line in out.getvalue().splitlines()]
    return [[r["message"], r["level"]["name"], r["extra"]] for r in records]

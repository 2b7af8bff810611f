import asyncio
import json
import logging.config
from pathlib import Path
from plumbing.build import build

CONFIG = json.loads((Path(__file__).parent / "pipeline.json").read_text())
logging.config.dictConfig(CONFIG["logging"])
pipeline = build(CONFIG)

def handler(event, context):
    answer = asyncio.run(pipeline(event))
    return {"answer": answer, "log": logging.getLogger("shop").handlers[0].lines}

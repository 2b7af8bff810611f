"""Upload of a drawing: quote for the laser cutter, preview, and a solid for the printer."""

import base64
import tempfile
from pathlib import Path

from workshop import drawing, quote
from workshop.writers import WRITERS


def handler(event, context):
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        document, report = drawing.load(base64.b64decode(event["drawing"])) if event.get("drawing") \
            else drawing.template(event["template"], event["values"])
        outline = drawing.outline(document)
        answer = {"version": document.dxfversion, "audit": report, "quote": quote.quote(outline, event["material"]),
                  "entities": drawing.census(document), "files": {}}
        for wanted in event["formats"]:
            answer["files"][wanted] = WRITERS[wanted](document, outline, event["thickness"], work)
        return answer

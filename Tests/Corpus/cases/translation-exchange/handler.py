"""Translators upload catalogues in whatever format they have; products get theirs back."""

import base64
import io

from exchange import FORMATS, convert, quality, report


def handler(event, context):
    answers = {}
    for upload in event["uploads"]:
        source = io.BytesIO(base64.b64decode(upload["content"]))
        source.name = upload["name"]
        store = convert.parse(source)
        answers[upload["name"]] = {
            "kind": type(store).__name__,
            "units": [[str(u.source or ""), str(u.target or "")] for u in store.units if u.istranslatable()],
            "failures": quality.check(store, upload["language"]),
            "products": {name: convert.to(store, name, upload["language"]) for name in upload["products"]},
            "subject": report.subject(upload["language"], len(store.units)),
        }
    return {"formats": sorted(FORMATS), "answers": answers}

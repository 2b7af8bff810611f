import logging

import flask
import functions_framework


@functions_framework.http
def translate_page(request):
    name = request.args.get("name", "nobody")
    logging.getLogger("shop").warning("page for %s", name, extra={"json_fields": {"name": name}, "labels": {"part": "page"}})
    return flask.jsonify(hello=name, trace=request.headers.get("X-Cloud-Trace-Context"))


@functions_framework.cloud_event
def file_came(event):
    logging.getLogger("shop").error("%s %s from %s", event["type"], event.data["name"], event["source"])

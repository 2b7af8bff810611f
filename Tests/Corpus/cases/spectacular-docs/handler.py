"""API Gateway in front of the depot: a Django application called through its WSGI handler."""

import base64
import io
import os
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "depot.settings")

import django

django.setup()


def application():
    from django.core.handlers.wsgi import WSGIHandler

    return WSGIHandler()


def prepare():
    """The rehearsal has its own database; deployed ones are migrated beforehand."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("loaddata", "shelves", verbosity=0)


def call(app, request):
    body = (request.get("body") or "").encode()
    environ = {
        "REQUEST_METHOD": request.get("httpMethod", "GET"), "PATH_INFO": request["path"], "SCRIPT_NAME": "",
        "QUERY_STRING": urlencode(request.get("queryStringParameters") or {}), "SERVER_NAME": "depot.example",
        "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "https", "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(), "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": request.get("headers", {}).get("content-type", "application/json"),
    }
    for name, value in request.get("headers", {}).items():
        environ["HTTP_" + name.upper().replace("-", "_")] = value
    started = {}
    content = b"".join(app(environ, lambda status, headers, _=None: started.update(status=status, headers=dict(headers))))
    return {"statusCode": int(started["status"][:3]), "type": started["headers"].get("Content-Type"), "body": content.decode()}


def handler(event, context):
    prepare()
    app = application()
    from depot.digest import digest

    return [digest(request, call(app, request)) for request in event["requests"]]

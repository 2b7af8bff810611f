"""A Falcon API behind WSGI: converters, media handlers, hooks, errors."""

import io
import json

import falcon
import falcon.media
from falcon.routing.converters import BaseConverter


class Hex(BaseConverter):
    def convert(self, value):
        try:
            return int(value, 16)
        except ValueError:
            return None


def only_json(request, response, resource, params):
    if request.method == "POST" and "json" not in (request.content_type or ""):
        raise falcon.HTTPUnsupportedMediaType(description="JSON, please")


class Item:
    @falcon.before(only_json)
    def on_post(self, request, response, number):
        response.media = {"number": number, "got": request.get_media()}
        response.status = falcon.HTTP_201
        response.set_cookie("c", "1", max_age=5)

    def on_get(self, request, response, number):
        response.content_type = "text/plain"
        response.text = f"{number} {request.get_param_as_int('n', default=3)} {request.accept}"


app = falcon.App(cors_enable=True)
app.router_options.converters["hex"] = Hex
app.add_route("/item/{number:hex}", Item())


def call(method, path, query="", body=b"", **headers):
    status = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "s",
        "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(), "CONTENT_LENGTH": str(len(body)), "SERVER_PROTOCOL": "HTTP/1.1",
        **headers,
    }
    content = b"".join(app(environ, lambda s, h: status.append(s)))
    return [status[0], content.decode()]


def handler(event, context):
    return [
        call("GET", "/item/ff", "n=7", HTTP_ACCEPT="text/plain"),
        call("POST", "/item/10", body=json.dumps(event).encode(), CONTENT_TYPE="application/json"),
        call("POST", "/item/10", body=b"a=1", CONTENT_TYPE="application/x-www-form-urlencoded"),
        call("GET", "/item/zz"),
        call("DELETE", "/item/1"),
    ]

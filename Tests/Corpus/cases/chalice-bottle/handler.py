"""Chalice in its local test client, with a Bottle application beside it."""

import io
import os

import bottle
from chalice import AuthResponse, BadRequestError, Chalice, CORSConfig, Response
from chalice.test import Client

os.environ["AWS_DEFAULT_REGION"] = "eu-west-1"
api = Chalice(app_name="shop")
bottle.TEMPLATE_PATH.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "views"))


@api.authorizer()
def allow(request):
    return AuthResponse(routes=["/items/*"] if request.token == "yes" else [], principal_id="u")


@api.route("/items/{name}", methods=["GET"], authorizer=allow, cors=CORSConfig(max_age=60))
def item(name):
    if name == "bad":
        raise BadRequestError("not this one")
    return Response(body={"name": name}, headers={"X-Kind": "item"})


@api.on_sqs_message(queue="orders")
def orders(event):
    return [record.body for record in event]


pages = bottle.Bottle()


@pages.route("/hello/<name:re:[a-z]+>")
@bottle.view("hello")
def hello(name):
    bottle.response.set_cookie("seen", name, secret="s3cret")
    return {"name": name, "items": ["tea", "<ink>"]}


def ask(path):
    status = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "s", "SERVER_PORT": "80", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "SERVER_PROTOCOL": "HTTP/1.1",
    }
    body = b"".join(pages(environ, lambda s, h, e=None: status.append(s))).decode()
    return [status[0], body if len(body) < 200 else len(body) > 200]


def handler(event, context):
    with Client(api) as client:
        got = [client.http.get(f"/items/{name}", headers={"Authorization": "yes"}) for name in event["names"]]
        denied = client.http.get("/items/tea", headers={"Authorization": "no"})
        queue = client.lambda_.invoke("orders", client.events.generate_sqs_event(["a", "b"], "orders"))
    return {
        "got": [[r.status_code, r.json_body, r.headers.get("X-Kind")] for r in got], "denied": denied.status_code,
        "queue": queue.payload, "pages": [ask("/hello/anna"), ask("/nowhere")],
    }

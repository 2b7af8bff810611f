"""Three more web frameworks, each over the loopback interface or called as servers call it."""

import asyncio
import json

from quart import Quart, render_template_string, request
from sanic import Sanic
from sanic.response import json as sanic_json
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.template import Template
from tornado.web import Application, RequestHandler


class Hello(RequestHandler):
    def get(self, name):
        self.write({"hello": name, "q": self.get_argument("q", "none")})


quart = Quart(__name__)


@quart.post("/sum")
async def total():
    return {"sum": sum(await request.get_json())}


@quart.get("/page")
async def page():
    return await render_template_string("<p>{{ x }}</p>", x="<&>")


async def asgi(app, method, path, body=b""):
    sent = []
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "path": path,
             "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [(b"host", b"s"), (b"content-type", b"application/json")],
             "server": ("s", 80), "client": ("c", 1)}
    gate = asyncio.Event()
    first = True

    async def receive():
        nonlocal first
        if first:
            first = False
            return {"type": "http.request", "body": body, "more_body": False}
        await gate.wait()

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    gate.set()
    return [sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:]).decode().strip()]


async def main(event):
    sockets = bind_sockets(0, "127.0.0.1")
    server = HTTPServer(Application([(r"/hello/(\w+)", Hello)]))
    server.add_sockets(sockets)
    port = sockets[0].getsockname()[1]
    response = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/hello/{event['name']}?q=1")
    missing = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/none", raise_error=False)
    server.stop()
    return {"tornado": json.loads(response.body), "missing": missing.code, "template": Template("{% for x in xs %}{{ x }},{% end %}").generate(xs=[1, 2]).decode(),
            "sum": await asgi(quart, "POST", "/sum", b"[1, 2]"), "page": await asgi(quart, "GET", "/page")}


def handler(event, context):
    app = Sanic("shop")

    @app.get("/items/<number:int>")
    async def items(request, number):
        return sanic_json({"number": number})

    app.finalize()
    route = app.router.get("/items/7", "GET", None)
    return {**asyncio.run(main(event)), "sanic": [route[2]["number"], app.url_for("items", number=3)]}

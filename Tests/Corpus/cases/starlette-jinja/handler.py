"""A Starlette site with templates, a session cookie and a form, called as ASGI servers call it."""

import asyncio
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.templating import Jinja2Templates

templates = Jinja2Templates(directory=Path(__file__).parent / "site" / "templates")


async def page(request):
    request.session["seen"] = 1
    return templates.TemplateResponse(request, "page.html", {"name": request.path_params["name"]})


async def form(request):
    fields = await request.form()
    return JSONResponse(dict(fields), status_code=201)


app = Starlette(
    routes=[Route("/page/{name}", page, name="page"), Route("/form", form, methods=["POST"])],
    middleware=[Middleware(SessionMiddleware, secret_key="k"), Middleware(GZipMiddleware)],
)


async def call(method, path, body=b"", content_type=b"application/x-www-form-urlencoded"):
    sent = []
    headers = [(b"host", b"shop"), (b"content-type", content_type)]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "headers": headers, "server": ("shop", 80), "client": ("c", 1),
    }
    messages = iter([{"type": "http.request", "body": body}, {"type": "http.disconnect"}])

    async def receive():
        return next(messages)

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    names = sorted(name.decode() for name, _ in sent[0]["headers"])
    return [sent[0]["status"], names, b"".join(m.get("body", b"") for m in sent[1:]).decode()]


def handler(event, context):
    async def all_calls():
        boundary = b"multipart/form-data; boundary=x"
        part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
        return [
            await call("GET", "/page/ada"),
            await call("POST", "/form", b"a=1&b=2"),
            await call("POST", "/form", part, boundary),
            await call("GET", "/none"),
        ]

    return asyncio.run(all_calls())

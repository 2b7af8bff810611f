import asyncio

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def visit(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    return PlainTextResponse(f"visit {request.session['visits']}")


app = Starlette(
    routes=[Route("/", visit)],
    middleware=[Middleware(SessionMiddleware, secret_key="not-so-secret")],
)


async def get(cookie):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "path": "/", "raw_path": b"/",
        "root_path": "", "scheme": "https", "query_string": b"",
        "headers": [(b"cookie", cookie.encode())] if cookie else [],
    }
    await app(scope, receive, send)
    headers = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return sent[1]["body"].decode(), headers["set-cookie"].split(";")[0]


def handler(event, context):
    first, cookie = asyncio.run(get(None))
    second, _ = asyncio.run(get(cookie))
    return [first, second]

import asyncio
import json
from typing import Annotated
from urllib.parse import urlencode

from fastapi import FastAPI, Form

app = FastAPI()


@app.post("/token")
async def token(username: Annotated[str, Form()], password: Annotated[str, Form()]):
    return {"user": username, "length": len(password)}


async def post(path, form):
    sent = []

    async def receive():
        return {"type": "http.request", "body": urlencode(form).encode(), "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
        "path": path, "raw_path": path.encode(), "root_path": "", "scheme": "https",
        "query_string": b"",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
    }
    await app(scope, receive, send)
    return sent[0]["status"], json.loads(b"".join(m.get("body", b"") for m in sent))


def handler(event, context):
    status, body = asyncio.run(post("/token", event["form"]))
    return {"status": status, "body": body}

import asyncio
import warnings
from datetime import datetime, timezone

from fastapi import FastAPI
from starlette.responses import JSONResponse

warnings.simplefilter("ignore")
from fastapi.responses import ORJSONResponse  # noqa: E402

app = FastAPI()


@app.get("/now")
def now():
    return ORJSONResponse({"at": datetime(2024, 2, 29, tzinfo=timezone.utc), "n": float("nan")})


async def get(path):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "path": path, "raw_path": path.encode(), "root_path": "", "scheme": "https",
        "query_string": b"", "headers": [],
    }
    await app(scope, receive, send)
    return b"".join(m.get("body", b"") for m in sent).decode()


def handler(event, context):
    return {"body": asyncio.run(get("/now")), "plain": JSONResponse({"a": 1}).body.decode()}

import asyncio
import json

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Stock")


class Item(BaseModel):
    sku: str = Field(pattern=r"^[A-Z]-\d+$")
    count: int = Field(ge=0)


def bounds(limit: int = 100):
    return limit


@app.post("/items", status_code=201)
async def create(item: Item, limit: int = Depends(bounds)):
    if item.count > limit:
        raise HTTPException(409, "too many")
    return {"sku": item.sku, "left": limit - item.count}


async def answer(body, query):
    sent = []

    async def receive():
        return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}

    async def send(message):
        sent.append(message)

    await app(
        {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
            "path": "/items", "raw_path": b"/items", "root_path": "", "scheme": "https",
            "query_string": query.encode(), "headers": [(b"content-type", b"application/json")],
        },
        receive,
        send,
    )
    content = b"".join(m.get("body", b"") for m in sent)
    return {"status": sent[0]["status"], "body": json.loads(content)}


def handler(event, context):
    return [asyncio.run(answer(body, "limit=10")) for body in event["items"]]

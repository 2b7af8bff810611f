"""A Litestar app: injected dependencies, data objects, its OpenAPI document."""

import asyncio
import json
from dataclasses import dataclass

from litestar import Litestar, get, post
from litestar.di import Provide
from litestar.exceptions import NotFoundException


@dataclass
class Item:
    name: str
    price: float


async def tax() -> float:
    return 0.2


@get("/items/{number:int}", dependencies={"tax": Provide(tax)})
async def show(number: int, tax: float) -> Item:
    if number > 9:
        raise NotFoundException(f"no item {number}")
    return Item("pen", round(number * (1 + tax), 2))


@post("/items")
async def make(data: Item) -> Item:
    return data


app = Litestar([show, make])


async def call(method, path, body=b""):
    sent = []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "headers": [(b"content-type", b"application/json")],
        "server": ("s", 80), "client": ("c", 1), "state": {}, "extensions": {},
    }

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    return [sent[0]["status"], json.loads(b"".join(m.get("body", b"") for m in sent[1:]))]


def handler(event, context):
    async def all_calls():
        return [
            await call("GET", "/items/3"),
            await call("POST", "/items", json.dumps(event).encode()),
            await call("POST", "/items", b'{"name": 1}'),
            (await call("GET", "/items/12"))[0],
            sorted((await call("GET", "/schema/openapi.json"))[1]["paths"]),
        ]

    return asyncio.run(all_calls())

"""Gateway sockets, bridged to the ASGI application."""

import json

from asgiref.testing import ApplicationCommunicator

from project.asgi import application


class Socket:
    def __init__(self, path, *protocols):
        scope = {"type": "websocket", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": [(b"host", b"library")], "subprotocols": list(protocols), "asgi": {"version": "3.0"}}
        self.inner = ApplicationCommunicator(application, scope)

    async def open(self):
        await self.inner.send_input({"type": "websocket.connect"})
        answer = await self.inner.receive_output(5)
        return [answer["type"], answer.get("subprotocol")]

    async def send(self, message):
        await self.inner.send_input({"type": "websocket.receive", "text": json.dumps(message)})

    async def receive(self):
        answer = await self.inner.receive_output(5)
        return json.loads(answer["text"]) if "text" in answer else answer["type"]

    async def close(self):
        await self.inner.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.inner.wait(5)

"""WebSockets over the loopback interface: a server of its own, and one that uvicorn loads by name."""

import asyncio

import uvicorn
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosedError


async def echo(socket):
    async for message in socket:
        if message == "bye":
            await socket.close(4000, "so long")
        else:
            await socket.send(message[::-1])


async def talk(url):
    async with connect(url, subprotocols=["chat"]) as client:
        await client.send("abc")
        said = [await client.recv()]
        await client.send("bye")
        try:
            await client.recv()
        except ConnectionClosedError as error:
            said.append([error.rcvd.code, error.rcvd.reason])
    return said


async def main(event):
    out = []
    async with serve(echo, "127.0.0.1", 0, subprotocols=["chat"]) as server:
        port = server.sockets[0].getsockname()[1]
        out.append(await talk(f"ws://127.0.0.1:{port}"))
    for protocol in event["protocols"]:
        config = uvicorn.Config("sites.echo:app", port=0, ws=protocol, http="httptools", lifespan="off", log_level="critical")
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        out.append(await talk(f"ws://127.0.0.1:{port}/chat"))
        server.should_exit = True
        await task
    return out


def handler(event, context):
    return asyncio.run(main(event))

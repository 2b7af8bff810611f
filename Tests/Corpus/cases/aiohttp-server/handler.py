"""An aiohttp server and its client, over the loopback interface, with a WebSocket."""

import asyncio

from aiohttp import ClientSession, WSMsgType, web

routes = web.RouteTableDef()


@routes.get("/hello/{name}")
async def hello(request):
    return web.json_response({"hello": request.match_info["name"], "q": dict(request.query)})


@routes.post("/upload")
async def upload(request):
    reader = await request.multipart()
    part = await reader.next()
    return web.Response(text=f"{part.name} {len(await part.read())}")


@routes.get("/socket")
async def socket(request):
    ws = web.WebSocketResponse()
    await ws.prepare(request)
    async for message in ws:
        await ws.send_str(message.data[::-1])
        await ws.close()
    return ws


async def main(event):
    app = web.Application()
    app.add_routes(routes)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    base = f"http://127.0.0.1:{port}"
    async with ClientSession() as session:
        async with session.get(f"{base}/hello/{event['name']}", params={"a": "b"}) as response:
            first = await response.json()
        async with session.post(f"{base}/upload", data={"file": b"12345"}) as response:
            second = await response.text()
        async with session.ws_connect(f"{base}/socket") as ws:
            await ws.send_str("abc")
            message = await ws.receive()
            third = [message.type == WSMsgType.TEXT, message.data]
        async with session.get(f"{base}/none") as response:
            fourth = response.status
    await runner.cleanup()
    return [first, second, third, fourth]


def handler(event, context):
    return asyncio.run(main(event))

async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept", "subprotocol": "chat"})
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        if message["text"] == "bye":
            await send({"type": "websocket.close", "code": 4000, "reason": "so long"})
            return
        await send({"type": "websocket.send", "text": message["text"][::-1]})

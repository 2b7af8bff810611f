import httpx


def respond(request):
    return httpx.Response(200, json={"path": request.url.path, "accept": request.headers["accept"]})


client = httpx.Client(http2=True, base_url="https://api.example.com", timeout=5.0)


def handler(event, context):
    request = client.build_request("GET", f"/users/{event['id']}", headers={"accept": "text/plain"})
    with httpx.Client(transport=httpx.MockTransport(respond)) as recorded:
        answer = recorded.send(request)
    return answer.json()

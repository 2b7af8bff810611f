import httpx


def respond(request):
    if request.url.path == "/login":
        return httpx.Response(302, headers={"location": "/home", "set-cookie": "sid=1; Path=/"})
    return httpx.Response(200, text="welcome " + request.headers.get("cookie", "nobody"))


def handler(event, context):
    transport = httpx.MockTransport(respond)
    with httpx.Client(transport=transport, base_url=event["base"], follow_redirects=True) as client:
        answer = client.post("/login", data={"user": "ann", "password": "x"})
    return {"status": answer.status_code, "body": answer.text, "hops": len(answer.history)}

import base64

import httpx

BODY = "CxKAeyJyYXRlcyI6IHsiRVVSIjogMS4wOSwgIkNIRiI6IDEuMTR9fQM="


def respond(request):
    headers = {"content-encoding": "br", "content-type": "application/json"}
    return httpx.Response(200, headers=headers, content=base64.b64decode(BODY))


def handler(event, context):
    headers = {"accept-encoding": "br, gzip"}
    with httpx.Client(transport=httpx.MockTransport(respond), headers=headers) as client:
        return client.get("https://rates.example.com/latest").json()["rates"]

import json
import urllib.parse

import httpx
from kiota_abstractions.authentication import ApiKeyAuthenticationProvider, KeyLocation
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph_core import GraphClientFactory


def make(recorded):
    calls = []

    def answer(request):
        path = urllib.parse.unquote(request.url.path).replace("//", "/").removeprefix("/v1.0")
        query = urllib.parse.unquote(request.url.query.decode())
        body = json.loads(request.content) if request.content and "json" in request.headers.get("content-type", "") else None
        calls.append({"method": request.method, "path": path, "query": query, "body": body, "prefer": request.headers.get("prefer")})
        for found in recorded.values():
            if found["method"] == request.method and found["path"] == path:
                return httpx.Response(found["status"], json=found.get("body"))
        return httpx.Response(404, json={"error": {"code": "ResourceNotFound", "message": path}})

    transport = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="https://graph.microsoft.com/v1.0")
    provider = ApiKeyAuthenticationProvider(KeyLocation.Header, "token", "Authorization")
    adapter = GraphRequestAdapter(provider, client=GraphClientFactory.create_with_default_middleware(client=transport))
    return GraphServiceClient(request_adapter=adapter), calls

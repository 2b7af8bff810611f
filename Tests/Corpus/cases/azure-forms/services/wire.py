"""A transport for the SDKs that answers from a file."""

import io
import json

import requests
from azure.core.pipeline.transport import RequestsTransport
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse


class Recorded(BaseAdapter):
    def __init__(self, answers):
        super().__init__()
        self.answers, self.calls = answers, []

    def transport(self):
        session = requests.Session()
        session.mount("https://", self)
        return RequestsTransport(session=session, session_owner=False)

    def send(self, request, **options):
        path = request.url.split("?")[0].partition("//")[2].partition("/")[2]
        version = request.url.partition("api-version=")[2].partition("&")[0]
        self.calls.append(f"{request.method} {path} {version}".strip())
        answer = self.answers[f"{request.method} {path}"]
        body = json.dumps(answer.get("body", {})).encode()
        raw = HTTPResponse(io.BytesIO(body), status=answer["status"], headers={"Content-Type": "application/json", **answer.get("headers", {})}, preload_content=False)
        response = requests.Response()
        response.status_code, response.raw, response.headers = answer["status"], raw, requests.structures.CaseInsensitiveDict(raw.headers)
        response.request, response.url, response.reason = request, request.url, "recorded"
        return response

    def close(self):
        pass

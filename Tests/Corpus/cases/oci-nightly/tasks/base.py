import importlib
import io
import json

import oci
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from oci._vendor import requests
from urllib3 import HTTPResponse


def load(dotted):
    module, _, name = dotted.rpartition(".")
    return getattr(importlib.import_module(module), name)


class Recorded(requests.adapters.BaseAdapter):
    def __init__(self, answers, calls):
        super().__init__()
        self.answers, self.calls = answers, calls

    def send(self, request, **options):
        host, _, path = request.url.partition("?")[0].partition("//")[2].partition("/")
        self.calls.append([request.method, host.split(".")[0], path, "Signature" in str(request.headers.get("authorization"))])
        found = self.answers.get(f"{request.method} {path}", {"status": 404, "body": {"code": "NotAuthorizedOrNotFound", "message": path}})
        body = found["body"].encode() if isinstance(found["body"], str) else json.dumps(found["body"]).encode()
        response = requests.Response()
        response.status_code, response.url, response.request, response.reason = found["status"], request.url, request, "recorded"
        response.headers = requests.structures.CaseInsensitiveDict({"content-type": "application/json", "content-length": str(len(body)), "opc-request-id": "r", **found.get("headers", {})})
        response.raw = HTTPResponse(io.BytesIO(body), preload_content=False, status=found["status"], headers=dict(response.headers))
        return response

    def close(self):
        pass


class Session:
    def __init__(self, folder, answers):
        self.calls = []
        self.wire = Recorded(answers, self.calls)
        key = rsa.generate_private_key(65537, 2048).private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
        self.config = oci.config.from_file(str(folder / "oci.conf"), "NIGHT")
        self.config["key_content"] = key.decode()
        oci.config.validate_config(self.config)

    def client(self, service, name):
        """A client of any of the services, as in client("object_storage", "ObjectStorageClient")."""
        client = getattr(getattr(oci, service), name)(self.config, retry_strategy=oci.retry.NoneRetryStrategy())
        client.base_client.session.mount("https://", self.wire)
        return client

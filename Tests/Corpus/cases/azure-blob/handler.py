"""Azure's storage client with its own transport; the `azure` namespace over four distributions."""

from azure.core.exceptions import ResourceNotFoundError
from azure.core.pipeline.transport import HttpTransport
from azure.core.rest import HttpRequest
from azure.identity import ChainedTokenCredential, CredentialUnavailableError, EnvironmentCredential
from azure.storage.blob import BlobServiceClient, BlobSasPermissions, generate_blob_sas


class Response:
    """What azure.core's pipeline needs of an answer."""

    def __init__(self, request, status, headers, body):
        self.request, self.status_code, self.headers = request, status, headers
        self.reason, self.content_type, self.block_size = "", headers.get("Content-Type"), 4096
        self._body = body
        self.internal_response = self

    def body(self):
        return self._body

    def text(self, encoding=None):
        return self._body.decode(encoding or "utf-8")

    def stream_download(self, pipeline, **kwargs):
        return iter([self._body])

    def raise_for_status(self):
        pass


class Store(HttpTransport):
    def __init__(self):
        self.requests = []

    def open(self):
        pass

    def close(self):
        pass

    def __exit__(self, *args):
        pass

    def send(self, request, **kwargs):
        self.requests.append([request.method, request.url.partition("?")[0], sorted(
            h for h in request.headers if h.lower().startswith("x-ms-blob"))])
        if request.method == "PUT":
            return Response(request, 201, {"ETag": '"1"', "Last-Modified": "Fri, 02 Jan 2026 00:00:00 GMT"}, b"")
        return Response(request, 404, {"x-ms-error-code": "BlobNotFound", "Content-Type": "application/xml"},
                        b"<?xml version='1.0'?><Error><Code>BlobNotFound</Code><Message>no</Message></Error>")


def handler(event, context):
    store = Store()
    service = BlobServiceClient(
        "https://shop.blob.core.windows.net", credential={"account_name": "shop", "account_key": "a2V5"},
        transport=store, retry_total=0,
    )
    blob = service.get_blob_client("images", event["name"])
    tag = blob.upload_blob(b"abc", overwrite=True, metadata={"a": "b"})["etag"]
    try:
        blob.get_blob_properties()
        found = True
    except ResourceNotFoundError as error:
        found = [error.status_code, str(error.error_code)]
    signed = generate_blob_sas(
        "shop", "images", "a.txt", account_key="a2V5", permission=BlobSasPermissions(read=True),
        start="2026-01-01", expiry="2026-01-02",
    )
    try:
        ChainedTokenCredential(EnvironmentCredential()).get_token("https://storage.azure.com/.default")
    except Exception as error:
        credential = [type(error).__name__, issubclass(CredentialUnavailableError, Exception)]
    return {"tag": tag, "found": found, "requests": store.requests, "signed": "sig=" in signed,
            "credential": credential, "request": HttpRequest("GET", "https://a/b").url}

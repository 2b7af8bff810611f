from google.auth.credentials import AnonymousCredentials
from google.cloud import storage


def handler(event, context):
    client = storage.Client(project="shop", credentials=AnonymousCredentials())
    blob = client.bucket(event["bucket"]).blob(event["name"])
    blob.metadata = {"kind": "report"}
    return {"path": blob.path, "url": blob.public_url, "metadata": blob.metadata}

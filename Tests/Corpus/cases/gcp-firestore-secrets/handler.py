"""Three of Google's clients in one namespace: queries built, requests encoded, transports chosen."""

from google.auth.credentials import AnonymousCredentials
from google.cloud import firestore, secretmanager, tasks_v2
from google.cloud.firestore_v1.base_query import FieldFilter
from google.protobuf import duration_pb2


def handler(event, context):
    client = firestore.Client("shop", credentials=AnonymousCredentials())
    query = client.collection("orders").where(filter=FieldFilter("total", ">", 5)).order_by("total").limit(3)
    structured = type(query._to_protobuf()).to_dict(query._to_protobuf())
    secrets = secretmanager.SecretManagerServiceClient(credentials=AnonymousCredentials(), transport="rest")
    task = tasks_v2.Task(http_request=tasks_v2.HttpRequest(url=event["url"], body=b"x"),
                         dispatch_deadline=duration_pb2.Duration(seconds=30))
    return {"limit": structured["limit"], "from": structured["from_"][0]["collection_id"],
            "path": secrets.secret_version_path("p", "s", "1"), "kind": secrets.transport.kind,
            "task": tasks_v2.Task.to_dict(task)["http_request"]["url"], "queue": tasks_v2.CloudTasksClient.queue_path("p", "l", "q"),
            "transform": str(firestore.SERVER_TIMESTAMP)[:8]}

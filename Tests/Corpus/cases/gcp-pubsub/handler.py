"""Pub/Sub's publisher against a gRPC server of our own on the loopback interface."""

import os
from concurrent import futures

import grpc
from google.api_core import exceptions
from google.cloud import pubsub_v1
from google.pubsub_v1.types import PublishRequest, PublishResponse, Topic


def publish(request, context):
    return PublishResponse(message_ids=[f"{m.data.decode()}-{i}" for i, m in enumerate(request.messages)])


def get_topic(request, context):
    context.abort(grpc.StatusCode.NOT_FOUND, "no topic")


def serve():
    from google.pubsub_v1.types import GetTopicRequest

    server = grpc.server(futures.ThreadPoolExecutor(2))
    methods = {
        "Publish": grpc.unary_unary_rpc_method_handler(
            publish, PublishRequest.deserialize, PublishResponse.serialize),
        "GetTopic": grpc.unary_unary_rpc_method_handler(
            get_topic, GetTopicRequest.deserialize, Topic.serialize),
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("google.pubsub.v1.Publisher", methods),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port


def handler(event, context):
    server, port = serve()
    os.environ["PUBSUB_EMULATOR_HOST"] = f"127.0.0.1:{port}"
    client = pubsub_v1.PublisherClient()
    topic = client.topic_path("shop", "orders")
    sent = client.publish(topic, event["message"].encode(), kind="test").result(timeout=20)
    try:
        client.get_topic(topic=topic, timeout=10)
    except exceptions.NotFound as error:
        missing = error.message
    client.stop()
    server.stop(0).wait()
    return {"topic": topic, "sent": sent, "missing": missing}

"""A gRPC server with reflection and health, asked by a client that knows no stubs."""

from concurrent import futures

import grpc
from google.protobuf import json_format
from google.protobuf.descriptor_pool import DescriptorPool
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from grpc_status import rpc_status


class Health(health.HealthServicer):
    def Check(self, request, context):
        if request.service == "broken":
            detail = error_details_pb2.ErrorInfo(reason="TEA", domain="shop")
            status = status_pb2.Status(code=code_pb2.FAILED_PRECONDITION, message="no tea")
            status.details.add().Pack(detail)
            context.abort_with_status(rpc_status.to_status(status))
        return super().Check(request, context)


def handler(event, context):
    server = grpc.server(futures.ThreadPoolExecutor(2))
    servicer = Health()
    health_pb2_grpc.add_HealthServicer_to_server(servicer, server)
    servicer.set("shop", health_pb2.HealthCheckResponse.SERVING)
    reflection.enable_server_reflection(
        (health_pb2.DESCRIPTOR.services_by_name["Health"].full_name, reflection.SERVICE_NAME), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        answer = stub.Check(health_pb2.HealthCheckRequest(service=event["service"]), timeout=20)
        try:
            stub.Check(health_pb2.HealthCheckRequest(service="broken"), timeout=20)
        except grpc.RpcError as error:
            status = rpc_status.from_call(error)
            info = error_details_pb2.ErrorInfo()
            status.details[0].Unpack(info)
        database = ProtoReflectionDescriptorDatabase(channel)
        services = sorted(database.get_services())
        method = DescriptorPool(database).FindServiceByName("grpc.health.v1.Health").methods[0].name
    server.stop(0).wait()
    return {"health": json_format.MessageToDict(answer), "services": services, "method": method,
            "status": [status.message, info.reason]}

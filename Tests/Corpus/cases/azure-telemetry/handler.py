"""Application Insights by its distribution for OpenTelemetry, around a storage queue and an event grid topic."""

import gzip
import json
import logging
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

os.environ |= {"APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL": "true", "APPLICATIONINSIGHTS_CONTROLPLANE_DISABLED": "true", "OTEL_SERVICE_NAME": "orders", "WEBSITE_SITE_NAME": "shop"}

import requests
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError
from azure.core.messaging import CloudEvent
from azure.eventgrid import EventGridEvent, EventGridPublisherClient
from azure.monitor.opentelemetry import configure_azure_monitor
from azure.storage.queue import BinaryBase64DecodePolicy, BinaryBase64EncodePolicy, QueueClient
from opentelemetry import metrics, trace
from opentelemetry._logs import get_logger_provider

MESSAGE = ("<QueueMessagesList><QueueMessage><MessageId>1</MessageId><InsertionTime>Fri, 01 Jan 2027 00:00:00 GMT</InsertionTime>"
           "<ExpirationTime>Fri, 08 Jan 2027 00:00:00 GMT</ExpirationTime><PopReceipt>r</PopReceipt><TimeNextVisible>Fri, 01 Jan 2027 00:00:30 GMT</TimeNextVisible>%s</QueueMessage></QueueMessagesList>")
seen = []


class Services(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        body = (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()
        seen.append((self.path.split("?")[0], self.headers, body))
        status, kind, text = 200, "application/json", "{}"
        if "track" in self.path:
            count = len(json.loads(body))
            text = json.dumps({"itemsReceived": count, "itemsAccepted": count, "errors": []})
        elif "/messages" in self.path:
            status, kind = (201, "application/xml") if self.command == "POST" else (200, "application/xml")
            text = MESSAGE % ("" if self.command == "POST" else "<DequeueCount>1</DequeueCount><MessageText>dGVh</MessageText>")
        elif "/gone" in self.path:
            status, kind, text = 404, "application/xml", "<Error><Code>QueueNotFound</Code><Message>no such queue</Message></Error>"
        self.send_response(status)
        for name, value in {"content-type": kind, "content-length": str(len(text)), "x-ms-error-code": "QueueNotFound" if status == 404 else ""}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_PUT = do_DELETE = do_POST

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Services)
threading.Thread(target=server.serve_forever, daemon=True).start()
here = f"http://127.0.0.1:{server.server_port}"
configure_azure_monitor(
    connection_string=f"InstrumentationKey=12345678-1234-1234-1234-123456789abc;IngestionEndpoint={here}/", enable_live_metrics=False,
    disable_offline_storage=True, sampling_ratio=1.0, logger_name="shop", instrumentation_options={"django": {"enabled": False}})


def handler(event, context):
    account = f"DefaultEndpointsProtocol=http;AccountName=shop;AccountKey=a2V5;QueueEndpoint={here}/shop"
    queue = QueueClient.from_connection_string(account, "orders", message_encode_policy=BinaryBase64EncodePolicy(), message_decode_policy=BinaryBase64DecodePolicy())
    with trace.get_tracer("shop").start_as_current_span("order", attributes={"order.id": event["id"]}) as span:
        logging.getLogger("shop").warning("order %s came", event["id"])
        queue.send_message(event["id"].encode(), visibility_timeout=5)
        got = [m.content.decode() for m in queue.receive_messages(messages_per_page=1).by_page().__next__()]
        try:
            QueueClient.from_connection_string(account, "gone").get_queue_properties()
        except HttpResponseError as error:
            gone = [type(error).__name__, str(error.error_code)]
        grid = EventGridPublisherClient(f"{here}/api/events", AzureKeyCredential("k"))
        grid.send(EventGridEvent(subject="order", event_type="Shop.Came", data=event, data_version="1.0"))
        EventGridPublisherClient(f"{here}/api/clouds", AzureKeyCredential("k")).send(CloudEvent(source="/shop", type="Came", data=event, id="1"))
        requests.get(f"{here}/plain", timeout=5)
        metrics.get_meter("shop").create_counter("orders").add(2, {"kind": "tea"})
    for provider in (trace.get_tracer_provider(), get_logger_provider(), metrics.get_meter_provider()):
        provider.force_flush()
    sent = [item for path, _, body in seen if "track" in path for item in json.loads(body)]
    spans = [item["data"] for item in sent if item["data"]["baseType"] in ("RemoteDependencyData", "RequestData")]
    log = next(item for item in sent if item["data"]["baseType"] == "MessageData")
    counter = [m["value"] for item in sent if item["data"]["baseType"] == "MetricData" for m in item["data"]["baseData"]["metrics"] if m["name"] == "orders"]
    return {
        "got": got, "gone": gone, "spans": sorted({f"{s['baseType']} {s['baseData']['name']} {s['baseData'].get('type')}" for s in spans}), "counter": counter,
        "log": [log["data"]["baseData"]["message"], log["data"]["baseData"]["severityLevel"], log["tags"]["ai.cloud.role"], log["tags"]["ai.operation.id"] == f"{span.get_span_context().trace_id:032x}"],
        "events": len([path for path, _, _ in seen if path.startswith("/api/")]),
        "parents": sorted({p for p, h, _ in seen if h.get("traceparent")}), "text": "dGVh" in next(b for p, _, b in seen if p.endswith("/messages") and b),
    }

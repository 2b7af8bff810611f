"""Functions of the Functions Framework, their logs in Cloud Logging, and translations over gRPC."""

import io
import json
import logging
from concurrent import futures
from pathlib import Path
from unittest import mock

import functions_framework
import google.cloud.logging
import grpc
from google.api_core.exceptions import InvalidArgument
from google.auth.credentials import AnonymousCredentials
from google.cloud import translate_v2, translate_v3
from google.cloud.logging_v2.handlers import CloudLoggingHandler, StructuredLogHandler
from google.cloud.logging_v2.handlers.transports import SyncTransport
from google.cloud.logging_v2.resource import Resource
from google.cloud.translate_v3.services.translation_service.transports import TranslationServiceGrpcTransport

FUNCTIONS = str(Path(__file__).with_name("shop_functions.py"))


def translations():
    def translate(request, context):
        if not request.contents:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "nothing to translate")
        made = [translate_v3.Translation(translated_text=text[::-1], detected_language_code="en") for text in request.contents]
        return translate_v3.TranslateTextResponse(translations=made)

    method = grpc.unary_unary_rpc_method_handler(
        translate, translate_v3.TranslateTextRequest.deserialize, translate_v3.TranslateTextResponse.serialize)
    server = grpc.server(futures.ThreadPoolExecutor(2))
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler("google.cloud.translation.v3.TranslationService", {"TranslateText": method})])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, translate_v3.TranslationServiceClient(transport=TranslationServiceGrpcTransport(channel=grpc.insecure_channel(f"127.0.0.1:{port}")))


def handler(event, context):
    http = mock.Mock(is_mtls=False)
    http.request.return_value = mock.Mock(status_code=200, headers={"content-type": "application/json"}, content=b"{}", json=lambda: {})
    client = google.cloud.logging.Client(project="shop", credentials=AnonymousCredentials(), _http=http, _use_grpc=False)
    stream, logger = io.StringIO(), logging.getLogger("shop")
    cloud = CloudLoggingHandler(client, name="orders", transport=SyncTransport, resource=Resource(type="global", labels={}))
    logger.handlers[:] = [cloud, StructuredLogHandler(stream=stream, project_id="shop")]
    logger.propagate = False
    page = functions_framework.create_app("translate_page", FUNCTIONS, "http").test_client()
    got = page.get("/?name=" + event["name"], headers={"X-Cloud-Trace-Context": "105445aa7843bc8bf206b12000100000/1;o=1"}).get_json()
    events = functions_framework.create_app("file_came", FUNCTIONS, "cloudevent").test_client()
    cloud_event = {"specversion": "1.0", "id": "1", "source": "//storage", "type": "google.cloud.storage.object.v1.finalized", "data": {"name": "a.txt"}}
    accepted = events.post("/", json=cloud_event, headers={"content-type": "application/cloudevents+json"}).status_code
    background = {"context": {"eventId": "2", "timestamp": "2027-01-01T00:00:00Z", "eventType": "google.storage.object.finalize",
                              "resource": {"service": "storage.googleapis.com", "name": "projects/_/buckets/b/objects/o", "type": "storage#object"}}, "data": {"name": "o"}}
    converted = events.post("/", json=background).status_code
    with client.logger("batch").batch() as batch:
        batch.log_struct({"a": 1}, severity="INFO")
        batch.log_text("done")
    written = [e for call in http.request.call_args_list for e in json.loads(call.kwargs["data"])["entries"]]
    server, translator = translations()
    said = translator.translate_text(parent=translator.common_location_path("shop", "global"), contents=event["texts"], target_language_code="de")
    try:
        translator.translate_text({"parent": "projects/shop", "contents": []})
    except InvalidArgument as error:
        wrong = [error.code.value, error.message]
    server.stop(None)
    http.request.return_value.json = lambda: {"data": {"translations": [{"translatedText": "Tee &amp; Tinte"}]}}
    old = translate_v2.Client(credentials=AnonymousCredentials(), _http=http).translate("tea", target_language="de")
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    return {
        "page": got, "status": [accepted, converted], "written": [[e.get("severity"), e.get("jsonPayload", e.get("textPayload"))] for e in written], "trace": lines[0]["logging.googleapis.com/trace"],
        "structured": [[line["severity"], line["message"]] for line in lines], "said": [t.translated_text for t in said.translations], "wrong": wrong, "old": old["translatedText"],
        "json": json.loads(translate_v3.TranslateTextResponse.to_json(said))["translations"][0]["detectedLanguageCode"],
    }

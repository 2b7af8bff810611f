"""The programming model of Azure Functions, a durable orchestration that is replayed, two clients."""

import io
import json

import azure.durable_functions as df
import azure.functions as func
import requests
from azure.appconfiguration import AzureAppConfigurationClient, FeatureFlagConfigurationSetting
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import ResourceNotFoundError
from azure.core.pipeline.transport import RequestsTransport
from azure.search.documents import SearchClient
from azure.search.documents.indexes.models import SearchableField, SearchIndex, SimpleField
from requests.adapters import BaseAdapter

app = df.DFApp(http_auth_level=func.AuthLevel.FUNCTION)
SETTINGS = [{"key": "colour", "value": "blue", "label": "prod", "content_type": "", "locked": False, "tags": {}},
            {"key": ".appconfig.featureflag/beta", "value": json.dumps({"id": "beta", "enabled": True, "conditions": {"client_filters": []}}), "content_type": "application/vnd.microsoft.appconfig.ff+json;charset=utf-8", "locked": False, "tags": {}}]


class Offline(BaseAdapter):
    def send(self, request, **kwargs):
        answer = {"value": [{"@search.score": 1.5, "id": "1"}], "@odata.count": 1} if "search" in request.url else {"items": SETTINGS}
        status = 404 if "absent" in request.url else 200
        response = requests.Response()
        response.status_code, response.url, response.request = status, request.url, request
        response.headers.update({"content-type": "application/json"})
        response.raw = io.BytesIO(json.dumps(answer).encode())
        return response

    def close(self):
        pass


@app.route(route="orders/{id}", methods=["POST"])
@app.queue_output(arg_name="queue", queue_name="orders", connection="Store")
def take(req: func.HttpRequest, queue: func.Out[str]) -> func.HttpResponse:
    return func.HttpResponse(json.dumps({"id": req.route_params["id"], "q": req.params.get("q"), "n": len(req.get_json()["items"])}), mimetype="application/json", status_code=202)


@app.orchestration_trigger(context_name="context")
def order(context: df.DurableOrchestrationContext):
    items = context.get_input()["items"]
    packed = yield context.task_all([context.call_activity("pack", item) for item in items])
    context.set_custom_status("packed")
    yield context.call_activity_with_retry("send", df.RetryOptions(1000, 3), packed)


@app.activity_trigger(input_name="item")
def pack(item: str) -> str:
    return item.upper()


FUNCTIONS = app.get_functions()


def wsgi(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode()]


def handler(event, context):
    bindings = {f.get_function_name(): [b.type for b in f.get_bindings()] for f in FUNCTIONS}
    functions = {f.get_function_name(): f.get_user_function() for f in FUNCTIONS}
    request = func.HttpRequest("POST", "/api/orders/o1", params={"q": "x"}, route_params={"id": "o1"}, body=json.dumps(event["order"]).encode())
    answer = functions["take"](request, None)
    when = "2026-01-02T03:04:05.000000Z"
    started = [{"EventType": 12, "EventId": -1, "IsPlayed": False, "Timestamp": when}, {"EventType": 0, "EventId": -1, "IsPlayed": False, "Timestamp": when, "Input": json.dumps(event["order"]), "Name": "order", "Version": ""}]
    scheduled = [{"EventType": 4, "EventId": n, "IsPlayed": False, "Timestamp": when, "Name": "pack"} for n in (0, 1)]
    done = [{"EventType": 5, "EventId": -1, "IsPlayed": False, "Timestamp": when, "TaskScheduledId": n, "Result": json.dumps(t.upper())} for n, t in enumerate(event["order"]["items"])]
    states = []
    for history in (started, started + scheduled + started[:1] + done):
        body = {"history": history, "input": json.dumps(event["order"]), "instanceId": "i1", "isReplaying": False, "parentInstanceId": None, "upperSchemaVersion": 1}
        state = json.loads(functions["order"](func.OrchestrationContext(json.dumps(body))))
        states.append([state["isDone"], state.get("customStatus"), json.dumps(state["actions"])[:150]])
    page = func.WsgiMiddleware(wsgi).handle(func.HttpRequest("GET", "https://shop.example/api/tea", body=b"", headers={"host": "shop.example"}))
    session = requests.Session()
    session.mount("https://", Offline())
    transport = RequestsTransport(session=session, session_owner=False)
    search = SearchClient("https://shop.search.windows.net", "tea", AzureKeyCredential("k"), transport=transport)
    found = search.search("green", include_total_count=True, filter="price lt 5")
    config = AzureAppConfigurationClient.from_connection_string("Endpoint=https://shop.azconfig.io;Id=a;Secret=YWJj", transport=transport)
    settings = [[type(s).__name__, s.key, s.enabled if isinstance(s, FeatureFlagConfigurationSetting) else s.value] for s in config.list_configuration_settings()]
    try:
        config.get_configuration_setting("absent")
        missing = None
    except ResourceNotFoundError as error:
        missing = error.status_code
    index = SearchIndex(name="tea", fields=[SimpleField(name="id", type="Edm.String", key=True), SearchableField(name="text", analyzer_name="de.lucene")])
    return {
        "bindings": bindings, "answer": [answer.status_code, json.loads(answer.get_body()), answer.mimetype], "states": states, "page": [page.status_code, page.get_body().decode()],
        "found": [[d["id"] for d in found], found.get_count()], "settings": settings, "missing": missing, "index": [[f.name, f.searchable] for f in index.fields],
    }

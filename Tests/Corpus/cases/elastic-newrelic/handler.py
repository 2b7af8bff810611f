"""Two agents that find what they instrument by name: Elastic APM and New Relic."""

import sqlite3
import urllib.request

import elasticapm
import newrelic.agent
from elasticapm.conf.constants import SPAN, TRANSACTION
from elasticapm.transport.base import Transport
from elasticapm.utils.disttracing import TraceParent
from newrelic.api.time_trace import current_trace
from newrelic.core.config import global_settings


class Kept(Transport):
    events = []

    def queue(self, event_type, data, flush=False):
        self.events.append((event_type, data))

    def start_thread(self, pid=None):
        pass

    def close(self):
        pass


def query(database):
    database.execute("create table tea (name text)")
    database.execute("insert into tea values (?)", ("green",))
    return database.execute("select name from tea").fetchall()


@newrelic.agent.background_task(name="query", group="Shop")
def traced(database):
    with newrelic.agent.FunctionTrace("inner"):
        newrelic.agent.add_custom_attribute("k", "v")
        return [query(database), type(current_trace()).__name__]


def handler(event, context):
    settings = global_settings()
    settings.app_name, settings.license_key, settings.developer_mode = "shop", "0" * 40, True
    newrelic.agent.initialize(log_file="stderr", log_level="ERROR")
    newrelic.agent.register_application(timeout=10.0)
    client = elasticapm.Client(
        service_name="shop", transport_class="handler.Kept", metrics_interval="0s", cloud_provider="none",
        central_config=False, disable_metrics="*", sanitize_field_names=["password"])
    elasticapm.instrument()
    client.begin_transaction("request", trace_parent=TraceParent.from_string(event["trace"]))
    with elasticapm.capture_span("work", span_type="app", labels={"a": 1}):
        rows = query(sqlite3.connect(":memory:"))
    try:
        urllib.request.urlopen("http://127.0.0.1:1/x", timeout=1)
    except OSError:
        client.capture_exception()
    client.end_transaction("GET /tea", "200")
    elasticapm.uninstrument()
    spans = [data for kind, data in Kept.events if kind == SPAN]
    return {
        "rows": rows, "spans": [[s["name"], s["type"], s.get("subtype")] for s in spans],
        "transactions": [d["name"] for k, d in Kept.events if k == TRANSACTION],
        "trace": {d["trace_id"] for k, d in Kept.events if k == TRANSACTION} == {event["trace"].split("-")[1]},
        "kinds": sorted({k for k, _ in Kept.events}), "newrelic": traced(sqlite3.connect(":memory:")),
        "agent": settings.app_name,
    }

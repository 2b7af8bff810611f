"""Logfire over OpenTelemetry, with instrumentations that are chosen by name, nothing sent."""

import sqlite3

import flask
import logfire
from opentelemetry import metrics
from opentelemetry.instrumentation.sqlite3 import SQLite3Instrumentor
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.util._importlib_metadata import entry_points

exporter, reader = InMemorySpanExporter(), InMemoryMetricReader()
logfire.configure(
    send_to_logfire=False, console=False, service_name="shop",
    additional_span_processors=[SimpleSpanProcessor(exporter)], metrics=logfire.MetricsOptions(additional_readers=[reader]))
app = flask.Flask(__name__)
logfire.instrument_flask(app)


@app.get("/tea/<kind>")
def tea(kind):
    with logfire.span("brew {kind}", kind=kind, password="hunter2"):
        logfire.info("{n=} cups", n=2)
    return {"kind": kind}


def handler(event, context):
    SQLite3Instrumentor().instrument()
    with logfire.span("database"):
        rows = sqlite3.connect(":memory:").cursor().execute("select 1").fetchall()
    answer = app.test_client().get(f"/tea/{event['kind']}", headers={"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
    metrics.get_meter("m").create_counter("cups").add(3)
    for point in entry_points(group="opentelemetry_instrumentor", name="urllib"):
        point.load()().instrument()
    spans = exporter.get_finished_spans()
    names = {metric.name for r in reader.get_metrics_data().resource_metrics for s in r.scope_metrics for metric in s.metrics}
    return {
        "rows": rows, "answer": answer.json, "spans": sorted(s.name for s in spans), "metrics": sorted(names),
        "scrubbed": [s.attributes["password"] for s in spans if "password" in s.attributes],
    }

"""Metrics and plug-ins: exposition formats, hooks, providers that entry points name."""

import pluggy
import requests
from opentelemetry import metrics, trace
from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.instrumentation.requests import RequestsInstrumentor
from opentelemetry.propagate import inject
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.openmetrics.exposition import generate_latest as openmetrics
from requests.adapters import BaseAdapter
from stevedore import ExtensionManager

spec, impl = pluggy.HookspecMarker("shop"), pluggy.HookimplMarker("shop")


class Spec:
    @spec
    def price(self, name):
        pass


class Plugin:
    @impl
    def price(self, name):
        return len(name)


class Loop(BaseAdapter):
    def send(self, request, **kwargs):
        response = requests.Response()
        response.status_code, response.url, response.request = 204, request.url, request
        return response

    def close(self):
        pass


def handler(event, context):
    registry = CollectorRegistry()
    Counter("orders", "Orders", ["kind"], registry=registry).labels("a").inc(3)
    Histogram("seconds", "Seconds", buckets=[1, 2], registry=registry).observe(1.5)
    manager = pluggy.PluginManager("shop")
    manager.add_hookspecs(Spec)
    manager.register(Plugin())
    spans = InMemorySpanExporter()
    tracer = TracerProvider()
    tracer.add_span_processor(SimpleSpanProcessor(spans))
    trace.set_tracer_provider(tracer)
    metrics.set_meter_provider(MeterProvider(metric_readers=[PrometheusMetricReader()]))
    metrics.get_meter("m").create_counter("sold").add(2, {"k": "v"})
    RequestsInstrumentor().instrument()
    session = requests.Session()
    session.mount("https://", Loop())
    carrier = {}
    with trace.get_tracer("t").start_as_current_span("outer"):
        session.get(event["url"])
        inject(carrier)
    return {"text": generate_latest(registry).decode().count("\n"), "open": openmetrics(registry).decode().splitlines()[-1],
            "hooks": manager.hook.price(name="pen"), "spans": sorted(s.name for s in spans.get_finished_spans()),
            "carrier": sorted(carrier), "sold": "sold_total" in generate_latest(REGISTRY).decode(),
            "plugins": sorted(ExtensionManager("opentelemetry_context").names())}

import io
import json

from opentelemetry import baggage, trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import ConsoleSpanExporter, SimpleSpanProcessor

out = io.StringIO()
provider = TracerProvider(resource=Resource.create({"service.name": "mailer"}))
provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter(out=out)))
tracer = provider.get_tracer("mailer")


def handler(event, context):
    with tracer.start_as_current_span("send") as outer:
        with tracer.start_as_current_span("render"):
            ctx = baggage.set_baggage("user", event["user"])
        outer.set_status(trace.StatusCode.OK)
    decoder, text, names = json.JSONDecoder(), out.getvalue(), []
    while text.strip():
        span, end = decoder.raw_decode(text.lstrip())
        names.append([span["name"], span["status"]["status_code"]])
        text = text.lstrip()[end:]
    return {"spans": names, "user": baggage.get_baggage("user", ctx)}

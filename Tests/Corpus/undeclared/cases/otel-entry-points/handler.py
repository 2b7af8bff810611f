from importlib.metadata import entry_points

from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider

trace.set_tracer_provider(TracerProvider())
WANTED = ("flask",)


def handler(event, context):
    switched = []
    for point in entry_points(group="opentelemetry_instrumentor"):
        if point.name in WANTED:
            point.load()().instrument()
            switched.append(point.name)
    with trace.get_tracer("shop").start_as_current_span("work") as span:
        recording = span.is_recording()
    return {"switched": switched, "recording": recording}

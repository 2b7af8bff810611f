"""Datadog's wrapper for Lambda handlers: the real handler is a name in the environment."""

import os

os.environ |= {
    "DD_LAMBDA_HANDLER": "shop.orders.handle", "DD_TRACE_ENABLED": "true", "DD_FLUSH_TO_LOG": "true", "DD_API_KEY": "k", "DD_SERVICE": "shop", "DD_ENV": "test",
    "AWS_LAMBDA_FUNCTION_NAME": "f", "DD_INSTRUMENTATION_TELEMETRY_ENABLED": "false", "DD_LOCAL_TEST": "true", "DD_REMOTE_CONFIGURATION_ENABLED": "false",
    "DD_TRACE_STARTUP_LOGS": "false",
}

from datadog_lambda import handler as wrapped
from datadog_lambda.tracing import extract_dd_trace_context
from ddtrace.propagation.http import HTTPPropagator
from ddtrace.trace import tracer


class Context:
    function_name, function_version, memory_limit_in_mb, aws_request_id = "f", "1", "128", "r-1"
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:f"

    def get_remaining_time_in_millis(self):
        return 3000


def handler(event, context):
    answer = wrapped.handler(event, Context())
    with tracer.trace("outer", resource="r") as span:
        span.set_tag("k", "v")
        headers = {}
        HTTPPropagator.inject(span.context, headers)
    extracted = HTTPPropagator.extract({"x-datadog-trace-id": "123", "x-datadog-parent-id": "456", "x-datadog-sampling-priority": "1"})
    trace, source, _ = extract_dd_trace_context(event, Context())
    return {
        "answer": answer, "headers": sorted(headers), "extracted": [extracted.trace_id, extracted.span_id], "trace": [trace.trace_id, str(source)],
        "tag": span.get_tag("k"),
    }

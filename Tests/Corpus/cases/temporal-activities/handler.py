"""Temporal without its server: activities, payloads that are sealed, and a workflow that is replayed."""

import asyncio
import json
import zlib
from datetime import timedelta

from google.protobuf import json_format
from google.protobuf.timestamp_pb2 import Timestamp
from nexusrpc import Operation, service
from temporalio import activity
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.api.workflowservice.v1 import StartWorkflowExecutionRequest
from temporalio.client import Client, Schedule, ScheduleActionStartWorkflow, ScheduleSpec, WorkflowHistory
from temporalio.common import RetryPolicy, SearchAttributeKey, SearchAttributePair, TypedSearchAttributes
from temporalio.converter import DataConverter, DefaultFailureConverter, PayloadCodec
from temporalio.exceptions import ApplicationError, FailureError
from temporalio.testing import ActivityEnvironment
from temporalio.worker import Replayer

from workflows import Brew, Order


class Zipped(PayloadCodec):
    async def encode(self, payloads):
        return [Payload(metadata={"encoding": b"binary/zlib"}, data=zlib.compress(p.SerializeToString())) for p in payloads]

    async def decode(self, payloads):
        return [Payload.FromString(zlib.decompress(p.data)) for p in payloads]


@activity.defn
async def pack(order: Order) -> str:
    activity.heartbeat(len(order.items))
    if not order.items:
        raise ApplicationError("nothing to pack", order.id, type="Empty", non_retryable=True)
    return f"{activity.info().activity_type}:{','.join(order.items)}"


@activity.defn
def wait() -> str:
    activity.wait_for_cancelled_sync(5)
    return "cancelled" if activity.is_cancelled() else "late"


@service
class Shop:
    buy: Operation[Order, str]


def history(order, kind, result):
    queue, payload = {"name": "q", "kind": "TASK_QUEUE_KIND_NORMAL"}, lambda value: {"payloads": [json_format.MessageToDict(p) for p in DataConverter.default.payload_converter.to_payloads([value])]}
    started = {"workflowType": {"name": kind}, "taskQueue": queue, "input": payload(order), "workflowTaskTimeout": "10s", "originalExecutionRunId": "r", "firstExecutionRunId": "r", "attempt": 1, "workflowId": "w"}
    steps = [
        ("WorkflowExecutionStarted", started), ("WorkflowTaskScheduled", {"taskQueue": queue, "startToCloseTimeout": "10s", "attempt": 1}), ("WorkflowTaskStarted", {"scheduledEventId": "2"}), ("WorkflowTaskCompleted", {"scheduledEventId": "2", "startedEventId": "3"}),
        ("TimerStarted", {"timerId": "1", "startToFireTimeout": "60s", "workflowTaskCompletedEventId": "4"}), ("TimerFired", {"timerId": "1", "startedEventId": "5"}),
        ("WorkflowTaskScheduled", {"taskQueue": queue, "startToCloseTimeout": "10s", "attempt": 1}), ("WorkflowTaskStarted", {"scheduledEventId": "7"}), ("WorkflowTaskCompleted", {"scheduledEventId": "7", "startedEventId": "8"}),
        ("WorkflowExecutionCompleted", {"result": payload(result), "workflowTaskCompletedEventId": "9"}),
    ]
    return json.dumps({"events": [{"eventId": str(n), "eventTime": f"2026-01-02T03:0{n // 7}:00Z", "eventType": name, name[0].lower() + name[1:] + "EventAttributes": values} for n, (name, values) in enumerate(steps, 1)]})


def converted(error):
    proto = Failure()
    DefaultFailureConverter().to_failure(error, DataConverter.default.payload_converter, proto)
    back = DefaultFailureConverter().from_failure(proto, DataConverter.default.payload_converter)
    return [proto.application_failure_info.type, back.non_retryable, back.message, isinstance(back, FailureError)]


async def run(event):
    order = Order(**event["order"])
    environment, beats = ActivityEnvironment(), []
    environment.on_heartbeat = lambda *details: beats.append(details)
    packed = await environment.run(pack, order)
    try:
        await environment.run(pack, Order("o2", []))
        failure = None
    except ApplicationError as error:
        failure = converted(error)
    environment.cancel()
    cancelled = await asyncio.to_thread(environment.run, wait)
    sealed = DataConverter(payload_codec=Zipped())
    encoded = await sealed.encode([order, 3])
    decoded = await sealed.decode(encoded, [Order, int])
    replayer = Replayer(workflows=[Brew])
    good = await replayer.replay_workflow(WorkflowHistory.from_json("w", history(event["order"], "Brew", "o1 at 03:01")))
    other = await replayer.replay_workflow(WorkflowHistory.from_json("w", history(event["order"], "Brew", "x").replace("TimerStarted", "MarkerRecorded").replace("timerStarted", "markerRecorded")), raise_on_replay_failure=False)
    try:
        await Client.connect("127.0.0.1:1")
        reached = True
    except RuntimeError as error:
        reached = str(error).partition(":")[0]
    return {"packed": packed, "beats": beats, "failure": failure, "cancelled": cancelled, "encoded": encoded[0].metadata["encoding"].decode(), "decoded": [decoded[0].items, decoded[1]], "replayed": [good.replay_failure is None, type(other.replay_failure).__name__], "reached": reached}


def handler(event, context):
    request = StartWorkflowExecutionRequest(workflow_id="w", namespace="n")
    request.workflow_run_timeout.FromTimedelta(timedelta(seconds=90))
    plan = Schedule(action=ScheduleActionStartWorkflow("Brew", id="w", task_queue="q"), spec=ScheduleSpec(cron_expressions=["0 9 * * *"]))
    pairs = TypedSearchAttributes([SearchAttributePair(SearchAttributeKey.for_keyword("shop"), "7")])
    when = Timestamp()
    when.FromJsonString("2026-01-02T03:04:05Z")
    return asyncio.run(run(event)) | {"request": json_format.MessageToDict(request), "plan": plan.spec.cron_expressions, "retry": RetryPolicy(maximum_attempts=3).backoff_coefficient, "pairs": [p.key.indexed_value_type.name for p in pairs], "nexus": Shop.buy.name, "when": when.seconds}

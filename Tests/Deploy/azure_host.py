"""Runs in Azure's interpreter: loads a function app with Azure's own runtime library, and calls its functions.

    azure_host.py APP < requests.json      [{"function", "input": {name: {kind: value}}}] → the same with answers

The library speaks in messages of the Functions host's protocol (FunctionRpc.proto), which its caller gives it as
`protos`. A `Message` has whatever fields it is made with, and `WhichOneof` names the one that is there.
"""

import asyncio
import json
import os
import sys
from types import SimpleNamespace


class Message(SimpleNamespace):
    def WhichOneof(self, group):
        return next(iter(vars(self)), None)


class Status(Message):
    Success, Failure = "success", "failure"


class Protos:
    """A class for each message: `protos.TypedData(string="…")`; enumerations as names."""

    StatusResult = Status
    BindingInfo = type("BindingInfo", (Message,), {"undefined": 0, "out": 1, "inout": 2})

    def __getattr__(self, name):
        return type(name, (Message,), {})


def typed(value):
    """`{"string": "a"}` is a message with that field; `http` has a message as its body."""
    (kind, content), = value.items()
    if kind == "http":
        content = Message(**{**content, "body": typed(content["body"])})
    elif kind == "bytes":
        content = content.encode()
    return Message(**{kind: content})


def plain(message):
    if isinstance(message, Message):
        return {name: plain(value) for name, value in vars(message).items()}
    if isinstance(message, (list, tuple)):
        return [plain(value) for value in message]
    if isinstance(message, dict):
        return {name: plain(value) for name, value in message.items()}
    return message.decode() if isinstance(message, bytes) else message


async def main(app, requests):
    os.chdir(app)
    sys.path[0] = app
    import azure_functions_runtime as worker

    def asked(**request):
        return SimpleNamespace(request=Message(**request), properties={"host": "127.0.0.1", "protos": Protos()})

    ready = await worker.worker_init_request(
        asked(worker_init_request=Message(capabilities={}, function_app_directory=app)))
    assert ready.result.status == Status.Success, plain(ready.result)
    indexed = await worker.functions_metadata_request(asked())
    ids = {function.name: function.function_id for function in indexed.function_metadata_results}
    for number, request in enumerate(requests):
        identity = ids[request["function"]]
        loaded = await worker.function_load_request(asked(function_load_request=Message(function_id=identity)))
        assert loaded.result.status == Status.Success, plain(loaded.result)
        inputs = [
            Message(data=typed(value)) for value in request["input"].values()
        ]
        for message, name in zip(inputs, request["input"]):
            message.name = name
        nothing = Message(trace_parent="", trace_state="", attributes={})
        never = Message(retry_count=0, max_retry_count=0, exception=None)
        answer = await worker.invocation_request(asked(invocation_request=Message(
            invocation_id=str(number), function_id=identity, input_data=inputs, trigger_metadata={},
            trace_context=nothing, retry_context=never)))
        assert answer.result.status == Status.Success, plain(answer.result)
        request["answer"] = plain(answer.return_value)
        request["output"] = {one.name: plain(one.data) for one in answer.output_data}
    import azure.functions
    return {"functions": sorted(ids), "library": os.path.relpath(azure.functions.__file__, app), "requests": requests}


print(json.dumps(asyncio.run(main(os.path.realpath(sys.argv[1]), json.load(sys.stdin)))))

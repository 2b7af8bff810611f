"""Feature flags by LaunchDarkly, Unleash and OpenFeature, and what PostHog is told about them."""

import gzip
import json
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import ldclient
from ldclient import Context
from ldclient.config import Config
from ldclient.integrations import Files
from ldclient.integrations.test_data import TestData
from openfeature import api
from openfeature.evaluation_context import EvaluationContext
from openfeature.flag_evaluation import FlagResolutionDetails
from openfeature.hook import Hook
from openfeature.provider.in_memory_provider import InMemoryFlag, InMemoryProvider
from posthog import Posthog
from UnleashClient import UnleashClient
from UnleashClient.cache import FileCache

HERE = Path(__file__).parent
DAY = {"name": "flexibleRollout", "parameters": {"rollout": "100", "stickiness": "userId", "groupId": "cart"}}
UNLEASH = {"version": 2, "segments": [{"id": 1, "constraints": [{"contextName": "country", "operator": "IN", "values": ["de", "fr"]}]}], "features": [
    {"name": "cart", "enabled": True, "strategies": [DAY | {"segments": [1]}], "variants": [{"name": "blue", "weight": 1000, "payload": {"type": "string", "value": "b"}, "stickiness": "userId", "overrides": []}]},
    {"name": "beta", "enabled": True, "strategies": [{"name": "userWithId", "parameters": {"userIds": "ann,bob"}}, {"name": "default", "constraints": [{"contextName": "version", "operator": "SEMVER_GT", "value": "3.0.0"}]}]},
    {"name": "off", "enabled": False, "strategies": [{"name": "default"}]}]}
sent = []


class PostHogServer(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        sent.append((self.path.split("?")[0], json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body or "{}")))
        text = b'{"status": 1, "flags": {"wide": {"key": "wide", "enabled": true, "variant": "b", "reason": null, "metadata": {"id": 1, "version": 1, "payload": "\\"p\\""}}}, "errorsWhileComputingFlags": false}'
        self.send_response(200)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments):
        pass


class Seen(Hook):
    def __init__(self):
        self.keys = []

    def after(self, hook_context, details, hints):
        self.keys.append([hook_context.flag_key, str(details.reason)])


def launchdarkly(event):
    files = Files.new_data_source(paths=[str(HERE / "flags.json")])
    told = {}
    with ldclient.client.LDClient(Config("sdk", update_processor_class=files, send_events=False), start_wait=5) as client:
        for name, context in {"own": Context.builder("ann").set("email", "ann@shop.example").build(), "other": Context.create("bob"),
                              "multi": Context.create_multi(Context.create("bob"), Context.builder("d").kind("device").set("version", "2.10.0").build())}.items():
            detail = client.variation_detail("new-cart", context, False)
            told[name] = [detail.value, detail.reason["kind"]]
        told["values"] = [client.variation("banner", Context.create("x"), ""), client.variation("limit", Context.create("x"), 0), client.variation("none", Context.create("x"), "default")]
        told["state"] = sorted(client.all_flags_state(Context.create("bob")).to_json_dict())[:2]
    test = TestData.data_source()
    test.update(test.flag("cart").variation_for_user("ann", True).fallthrough_variation(False))
    with ldclient.client.LDClient(Config("sdk", update_processor_class=test, send_events=False)) as client:
        before = client.variation("cart", Context.create("bob"), None)
        test.update(test.flag("cart").variation_for_all(True))
        told["test"] = [client.variation("cart", Context.create("ann"), None), before, client.variation("cart", Context.create("bob"), None)]
    return told


def unleash(event):
    with tempfile.TemporaryDirectory() as folder:
        cache = FileCache("shop", directory=folder)
        cache.bootstrap_from_dict(UNLEASH)
        client = UnleashClient("http://127.0.0.1:1/api", "shop", environment="test", cache=cache, disable_metrics=True, disable_registration=True, refresh_interval=3600)
        client.initialize_client(fetch_toggles=False)
        ann = {"userId": "ann", "properties": {"country": "de"}}
        said = [client.is_enabled("cart", ann), client.is_enabled("cart", {"userId": "ann"}), client.is_enabled("beta", {"userId": "bob"}), client.is_enabled("beta", {"properties": {"version": "3.1.0"}}), client.is_enabled("off"),
                client.is_enabled("none", fallback_function=lambda name, context: True), client.get_variant("cart", ann)["payload"]["value"], sorted(client.feature_definitions())]
        client.destroy()
    return said


def openfeature(event):
    seen = Seen()

    def size(flag, context):
        return FlagResolutionDetails(9 if context.attributes.get("big") else 5, variant="l")

    flags = {"cart": InMemoryFlag("on", {"on": True, "off": False}), "size": InMemoryFlag("m", {"m": 5, "l": 9}, context_evaluator=size)}
    api.set_provider(InMemoryProvider(flags))
    api.add_hooks([seen])
    client = api.get_client("shop")
    wrong = client.get_string_details("cart", "x")
    return [client.get_boolean_value("cart", False), client.get_integer_value("size", 1, EvaluationContext("ann", {"big": True})), client.get_boolean_details("none", True).error_code.value, wrong.error_code.value, seen.keys[:2], api.get_provider_metadata().name]


def posthog(event):
    server = ThreadingHTTPServer(("127.0.0.1", 0), PostHogServer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    client = Posthog("phc", host=f"http://127.0.0.1:{server.server_port}", sync_mode=True, disable_geoip=True, enable_exception_autocapture=False)
    client.capture("ordered", distinct_id=event["user"], properties={"items": 2})
    variant, payload = client.get_feature_flag("wide", event["user"]), client.get_feature_flag_payload("wide", event["user"])
    try:
        {}["missing"]
    except KeyError as error:
        client.capture_exception(error, distinct_id=event["user"])
    client.shutdown()
    events = [e for _, body in sent for e in body.get("batch", [body] if "event" in body else [])]
    failed = next(e for e in events if e["event"] == "$exception")["properties"]["$exception_list"][0]
    return {"variant": variant, "payload": payload, "events": [e["event"] for e in events], "user": events[0]["distinct_id"], "failed": [failed["type"], failed["stacktrace"]["frames"][-1]["function"]]}


def handler(event, context):
    return {"launchdarkly": launchdarkly(event), "unleash": unleash(event), "openfeature": openfeature(event), "posthog": posthog(event)}

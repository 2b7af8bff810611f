"""Kubernetes and Vault over answers that are made up here: generated models, dynamic clients."""

import io
import json

import hvac
import requests
import urllib3
import yaml
from hvac.adapters import JSONAdapter
from kubernetes import client, config, utils, watch
from requests.adapters import BaseAdapter

SETTINGS = {
    "apiVersion": "v1", "kind": "Config", "current-context": "c", "clusters": [{"name": "k", "cluster": {"server": "https://k.example"}}],
    "contexts": [{"name": "c", "context": {"cluster": "k", "user": "u", "namespace": "shop"}}], "users": [{"name": "u", "user": {"token": "t"}}],
}
sent = []


def answer(self, method, url, **kwargs):
    sent.append([method, url.partition("?")[0]])
    pod = {"metadata": {"name": "p1", "creationTimestamp": "2026-01-02T03:04:05Z"}, "spec": {"containers": [{"name": "c", "image": "i"}]}, "status": {"phase": "Running"}}
    if method == "GET":
        body = json.dumps({"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": [pod]})
    else:
        body = json.dumps(kwargs.get("body") and json.loads(kwargs["body"]) or {})
    return urllib3.HTTPResponse(io.BytesIO(body.encode()), headers={"content-type": "application/json"}, status=200)


class Offline(BaseAdapter):
    def send(self, request, **kwargs):
        response = requests.Response()
        response.status_code = 403 if "denied" in request.url else 200
        response._content = json.dumps({"errors": ["no"]} if response.status_code == 403 else {"data": {"data": {"k": request.url}, "metadata": {"version": 2}}, "auth": {"client_token": "s.1"}}).encode()
        response.url = request.url
        return response

    def close(self):
        pass


def handler(event, context):
    config.load_kube_config_from_dict(SETTINGS)
    urllib3.PoolManager.request = answer
    core = client.CoreV1Api()
    pods = core.list_namespaced_pod("shop")
    changed = json.dumps({"type": "ADDED", "object": {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "p1"}, "spec": {"containers": [{"name": "c"}]}}})
    seen = watch.Watch().unmarshal_event(changed, "V1Pod")["object"].metadata.name
    documents = list(yaml.safe_load_all(event["manifest"]))
    made = utils.create_from_yaml(client.ApiClient(), yaml_objects=documents, namespace="shop")
    try:
        client.V1Container(name=None)
    except ValueError as error:
        invalid = str(error).partition(",")[0]
    session = requests.Session()
    session.mount("https://", Offline())
    vault = hvac.Client("https://vault.example", token="t", session=session, adapter=JSONAdapter)
    secret = vault.secrets.kv.v2.read_secret_version("shop/db", raise_on_deleted_version=True)
    vault.auth.aws.iam_login("a", "b", "t", role="r", region="eu-west-1")
    try:
        vault.secrets.kv.v1.read_secret("denied")
    except hvac.exceptions.Forbidden as error:
        denied = type(error).__name__
    return {
        "pods": [[p.metadata.name, p.metadata.creation_timestamp.year, p.spec.containers[0].image] for p in pods.items], "seen": seen,
        "made": [[type(o).__name__ for o in group] for group in made], "invalid": invalid, "secret": secret["data"]["data"]["k"], "denied": denied,
        "sent": sent, "token": vault.token, "quantity": str(utils.parse_quantity("500Mi")), "transit": type(vault.secrets.transit).__name__,
    }

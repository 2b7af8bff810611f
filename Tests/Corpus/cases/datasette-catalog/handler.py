"""The open-data catalogue: Datasette over a database built at cold start, behind API Gateway."""

import asyncio
import json
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from catalog.build import build_database

HERE = Path(__file__).resolve().parent
_app = None


def application():
    global _app
    if _app is None:
        from datasette.app import Datasette

        target = Path(tempfile.mkdtemp()) / "stations.db"
        build_database(target)
        settings = json.loads((HERE / "metadata.json").read_text())
        ds = Datasette(
            [str(target)],
            metadata=settings,
            plugins_dir=str(HERE / "plugins"),
            template_dir=str(HERE / "templates"),
            settings={"default_page_size": 3, "num_sql_threads": 0, "template_debug": False},
            secret="not-a-secret",
        )
        _app = ds
    return _app


def gateway_event(call):
    return {
        "version": "2.0", "routeKey": "$default", "rawPath": call["path"],
        "rawQueryString": urlencode(call.get("query", {}), doseq=True),
        "headers": {"host": "data.example.org", "accept": call.get("accept", "*/*")},
        "requestContext": {
            "http": {"method": "GET", "path": call["path"], "protocol": "HTTP/1.1",
                     "sourceIp": "127.0.0.1", "userAgent": "t"},
            "stage": "$default", "requestId": "r", "domainName": "data.example.org",
        },
        "isBase64Encoded": False,
    }


def summarise(response):
    kind = response["headers"].get("content-type", "").split(";")[0]
    body = response["body"]
    if kind == "application/json":
        shown = json.loads(body)
        if isinstance(shown, dict):
            shown = {k: v for k, v in shown.items() if k not in {"query_ms", "private", "suggested_facets"}}
    elif kind == "text/html":
        shown = {
            "title": re.search(r"<title>(.*?)</title>", body, re.S)[1].strip(),
            "banner": re.findall(r'class="banner">(.*?)<', body),
            "links": [u for u in re.findall(r'href="(/[^"]*)"', body) if "/-/" not in u][:12],
            "cells": [re.sub(r"<[^>]+>", "", c).strip() for c in re.findall(r"<td[^>]*>(.*?)</td>", body, re.S)],
        }
    else:
        shown = body[:400]
    return {"status": response["statusCode"], "type": kind, "shown": shown}


def handler(event, context):
    from mangum import Mangum

    ds = application()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(ds.invoke_startup())
    gateway = Mangum(ds.app(), lifespan="off")
    return {call["name"]: summarise(gateway(gateway_event(call), None)) for call in event["calls"]}

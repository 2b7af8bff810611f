"""A Dash board behind a gateway: the page, its component scripts, pages by folder, callbacks."""

import json
import re

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, Patch, State, dcc, html, page_container, page_registry

app = Dash(__name__, use_pages=True, external_stylesheets=[dbc.themes.FLATLY], suppress_callback_exceptions=True)
app.layout = html.Div([
    dbc.NavbarSimple([dbc.NavLink(p["name"], href=p["relative_path"]) for p in page_registry.values()], brand="Board"),
    dcc.Store(id="log", data=[]), dbc.Button("Add", id="add"), page_container,
])
app.clientside_callback("function (n) { return n % 2 === 1; }", Output("add", "disabled"), Input("add", "n_clicks"))


@app.callback(Output("log", "data"), Input("add", "n_clicks"), State("log", "data"), prevent_initial_call=True)
def added(clicks, log):
    patch = Patch()
    patch.append({"click": clicks, "before": len(log)})
    return patch


def call(client, output, inputs, state=(), changed=()):
    names = re.findall(r"([\w-]+)\.(\w+)", output)
    outputs = [{"id": i, "property": p} for i, p in names]
    said = client.post("/_dash-update-component", json={
        "output": output, "outputs": outputs if len(outputs) > 1 else outputs[0], "inputs": list(inputs), "state": list(state), "changedPropIds": list(changed)})
    return said.get_json()["response"] if said.status_code == 200 else said.status_code


def handler(event, context):
    client = app.server.test_client()
    page = client.get("/").get_data(as_text=True)
    scripts = re.findall(r'<script src="(/_dash-component-suites/[^"]+)"', page)
    loaded = {re.sub(r"\.v[\w]+m\d+", "", s.split("/", 2)[2]).split("?")[0]: client.get(s).status_code for s in scripts}
    chunk = client.get("/_dash-component-suites/dash/dcc/async-graph.js")
    dependencies = client.get("/_dash-dependencies").get_json()
    output = next(d["output"] for d in dependencies if "sold.figure" in d["output"])
    shown = call(client, output, [{"id": "products", "property": "value", "value": event["products"]}])
    log = call(client, "log.data", [{"id": "add", "property": "n_clicks", "value": 3}], [{"id": "log", "property": "data", "value": [1]}], ["add.n_clicks"])
    layout = json.dumps(client.get("/_dash-layout").get_json())
    return {
        "title": re.search("<title>(.*)</title>", page)[1], "style": "assets/style.css" in page, "css": client.get("/assets/style.css").status_code, "scripts": loaded, "chunk": len(chunk.data) > 10000,
        "callbacks": len(dependencies), "bars": shown["sold"]["figure"]["data"][0]["y"], "told": shown["told"]["children"], "paper": shown["sold"]["figure"]["layout"]["template"]["layout"]["paper_bgcolor"],
        "log": log["log"]["data"]["operations"], "links": [p["path"] for p in page_registry.values()], "brand": '"brand": "Board"' in layout, "icon": client.get("/_favicon.ico").status_code,
    }

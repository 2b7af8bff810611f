"""The library's GraphQL API and its live shelf: Django with strawberry-django, and Channels consumers."""

import asyncio
import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import django

django.setup()


def prepare(fixture):
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("loaddata", fixture, verbosity=0)
    call_command("restock", "--copies", "2")


async def over_socket(steps):
    from sockets import Socket

    heard = []
    one, two = Socket("/ws/shelf/poetry/"), Socket("/ws/shelf/poetry/")
    await one.open()
    await two.open()
    for step in steps:
        await one.send(step)
        heard.append([await one.receive(), await two.receive()])
    await one.close()
    await two.close()
    try:
        await Socket("/ws/nowhere/").open()
    except ValueError as error:
        heard.append(str(error)[:30])
    return heard


async def over_graphql_socket(query):
    from sockets import Socket

    socket = Socket("/graphql", "graphql-transport-ws")
    heard = [await socket.open()]
    await socket.send({"type": "connection_init"})
    heard.append(await socket.receive())
    await socket.send({"id": "1", "type": "subscribe", "payload": {"query": query}})
    for _ in range(3):
        heard.append(await socket.receive())
    await socket.close()
    return heard


def handler(event, context):
    from django.test import Client

    prepare(event["fixture"])
    client = Client()
    answers = {}
    for name, operation in event["operations"].items():
        response = client.post("/graphql", json.dumps(operation), content_type="application/json", headers={"accept-language": "de"})
        answers[name] = response.json() if response["content-type"].startswith("application/json") else response.status_code
    answers["browser"] = "graphiql" in client.get("/graphql", headers={"accept": "text/html"}).content.decode().lower()
    answers["socket"] = asyncio.run(over_socket(event["socket"]))
    answers["subscription"] = asyncio.run(over_graphql_socket(event["subscription"]))
    from project.schema import schema

    answers["schema"] = [line for line in schema.as_str().splitlines() if line.startswith(("type ", "input ", "enum ", "interface "))]
    return answers

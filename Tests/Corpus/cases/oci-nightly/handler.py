"""Nightly tasks on Oracle Cloud, one class a task, listed in tasks.ini. Here against recorded answers."""

import configparser
import json
from pathlib import Path

from oci import exceptions

from tasks.base import Session, load

HERE = Path(__file__).parent


def handler(event, context):
    listed = configparser.ConfigParser()
    listed.read(HERE / "tasks.ini")
    session = Session(HERE / "config", json.loads((HERE / "answers" / "oci.json").read_text()))
    done = {}
    for name in event["tasks"]:
        section = listed[name]
        task = load(section["class"])(session, dict(section))
        try:
            done[name] = task.run(**event["options"].get(name, {}))
        except exceptions.ServiceError as error:
            done[name] = {"status": error.status, "code": error.code, "operation": error.operation_name}
    return {"done": done, "calls": session.calls}

"""Connections as clouds.yaml describes them; the recorded ones answer from `recordings`."""

import contextlib
import json
from pathlib import Path

import openstack
import requests_mock
from openstack.config import OpenStackConfig

HERE = Path(__file__).parent


@contextlib.contextmanager
def connect(name, recorded):
    config = OpenStackConfig(config_files=[str(HERE / "clouds.yaml")], load_envvars=False,
                             secure_files=[], vendor_files=[])
    with contextlib.ExitStack() as stack:
        if recorded:
            stack.enter_context(recording(HERE / "recordings" / f"{name}.json"))
        cloud = openstack.connection.Connection(config=config.get_one(name), strict_proxies=False)
        stack.callback(cloud.close)
        yield cloud


def recording(file):
    mocker = requests_mock.Mocker()
    for line in json.loads(file.read_text()):
        mocker.register_uri(line["method"], line["url"], json=line.get("json"),
                            status_code=line.get("status", 200), headers=line.get("headers", {}))
    return mocker

"""The plant's polling gateway, rehearsed against simulated devices on loopback: SNMP, OPC UA, Modbus."""

import asyncio
import importlib
import logging
from pathlib import Path

import yaml_free_config as config

HERE = Path(__file__).resolve().parent
logging.disable(logging.CRITICAL)


async def poll(event):
    answers = {}
    for device in config.read(HERE / "devices.ini"):
        if device["protocol"] not in event["protocols"]:
            continue
        poller = importlib.import_module(f".{device['protocol']}", package="pollers")
        answers[device["name"]] = await asyncio.wait_for(poller.rehearse(device, event["setpoint"], HERE), 60)
    return answers


def handler(event, context):
    return asyncio.run(poll(event))

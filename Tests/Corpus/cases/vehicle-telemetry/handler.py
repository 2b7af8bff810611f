"""Decodes uploaded CAN recordings: any log format python-can knows, signals from the DBC files."""

import base64
import tempfile
from pathlib import Path

import can
import cantools
from cantools.subparsers.dump.formatting import layout_string, signal_tree_string

from telemetry import databases, summary

HERE = Path(__file__).parent


def record(messages, folder, suffix):
    path = Path(folder) / f"drive{suffix}"
    with can.Logger(str(path)) as logger:
        for message in messages:
            logger(message)
    return path


def handler(event, context):
    database = databases.load(HERE / "bus")
    messages = [
        can.Message(timestamp=1700000000.0 + n / 10, arbitration_id=database.get_message_by_name(name).frame_id, is_extended_id=False,
                    data=database.encode_message(name, signals), channel=0)
        for n, (name, signals) in enumerate(event["frames"])
    ]
    formats = {}
    with tempfile.TemporaryDirectory() as folder:
        for suffix in event["formats"]:
            path = record(messages, folder, suffix)
            with can.LogReader(str(path)) as reader:
                formats[suffix] = [summary.of(database, message) for message in reader]
    with can.Bus("trip", interface=event["interface"], receive_own_messages=True) as bus:
        bus.set_filters([{"can_id": messages[0].arbitration_id, "can_mask": 0x7FF}])
        for message in messages:
            bus.send(message)
        heard = []
        while (message := bus.recv(0.05)) is not None:
            heard.append(message.arbitration_id)
    kcd = cantools.database.load_string(database.dbs[0].as_kcd_string(), "kcd")
    return {
        "formats": formats,
        "heard": heard,
        "kcd": sorted(message.name for message in kcd.messages),
        "dbc": len(database.dbs[0].as_dbc_string().splitlines()) > 10,
        "layout": layout_string(database.get_message_by_name("Engine")).splitlines()[:6],
        "tree": signal_tree_string(database.get_message_by_name("Mux")).splitlines(),
        "first": base64.b64encode(bytes(messages[0].data)).decode(),
    }

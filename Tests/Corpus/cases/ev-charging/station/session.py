"""One charger's connection; the protocol's handlers are found by subprotocol name."""

import configparser
import json
from importlib import import_module
from pathlib import Path

SETTINGS = configparser.ConfigParser()
SETTINGS.read(Path(__file__).with_name("station.ini"))


class Outbox:
    def __init__(self):
        self.sent = []

    async def send(self, message):
        self.sent.append(json.loads(message))


class Session:
    def __init__(self, charger, point):
        self.charger, self.point = charger, point
        self.meters = point.meters

    @classmethod
    def open(cls, charger, version):
        dotted, name = SETTINGS[version]["handler"].rsplit(":", 1)
        kind = getattr(import_module(dotted), name)
        return cls(charger, kind(charger, Outbox(), interval=SETTINGS.getint(version, "interval")))

    async def receive(self, raw):
        if not raw.lstrip().startswith("["):
            raise ValueError(f"not an OCPP frame: {raw[:20]}")
        outbox = self.point._connection
        outbox.sent.clear()
        await self.point.route_message(raw)
        return list(outbox.sent)

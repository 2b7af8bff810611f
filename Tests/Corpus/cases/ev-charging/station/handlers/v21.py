from ocpp.routing import on
from ocpp.v21 import ChargePoint, call_result
from ocpp.v21.enums import Action


class Charger21(ChargePoint):
    def __init__(self, charger, connection, interval):
        super().__init__(charger, connection)
        self.interval, self.meters = interval, {}

    @on(Action.heartbeat)
    def on_heartbeat(self, **kwargs):
        self.meters["beats"] = self.meters.get("beats", 0) + 1
        return call_result.Heartbeat(current_time="2026-03-01T12:00:00Z")

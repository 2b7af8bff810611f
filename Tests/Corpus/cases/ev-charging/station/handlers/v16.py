import base64

from ocpp.routing import after, on
from ocpp.v16 import ChargePoint, call_result
from ocpp.v16.enums import Action, AuthorizationStatus, DataTransferStatus, RegistrationStatus

from ..frames import decode

CLOCK = "2026-03-01T12:00:00Z"


class Charger16(ChargePoint):
    def __init__(self, charger, connection, interval):
        super().__init__(charger, connection)
        self.interval, self.meters = interval, {}

    @on(Action.boot_notification)
    def on_boot(self, charge_point_vendor, charge_point_model, **kwargs):
        self.meters["model"] = f"{charge_point_vendor}/{charge_point_model}"
        return call_result.BootNotification(CLOCK, self.interval, RegistrationStatus.accepted)

    @on(Action.authorize)
    def on_authorize(self, id_tag):
        status = AuthorizationStatus.accepted if id_tag.startswith("DE") else AuthorizationStatus.invalid
        return call_result.Authorize(id_tag_info={"status": status})

    @on(Action.meter_values)
    async def on_meter_values(self, connector_id, meter_value, **kwargs):
        for sample in meter_value:
            for value in sample["sampled_value"]:
                key = f"{connector_id}.{value.get('measurand', 'Energy')}"
                self.meters[key] = float(value["value"])
        return call_result.MeterValues()

    @on(Action.data_transfer)
    def on_data_transfer(self, vendor_id, data=None, **kwargs):
        self.meters[vendor_id] = decode(base64.b64decode(data))
        return call_result.DataTransfer(status=DataTransferStatus.accepted)

    @after(Action.boot_notification)
    def after_boot(self, **kwargs):
        self.meters["booted"] = True

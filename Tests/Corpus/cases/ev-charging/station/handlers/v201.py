from ocpp.routing import on
from ocpp.v201 import ChargePoint, call_result
from ocpp.v201.datatypes import IdTokenInfoType
from ocpp.v201.enums import Action, AuthorizationStatusEnumType, RegistrationStatusEnumType

CLOCK = "2026-03-01T12:00:00Z"


class Charger201(ChargePoint):
    def __init__(self, charger, connection, interval):
        super().__init__(charger, connection)
        self.interval, self.meters = interval, {}

    @on(Action.boot_notification)
    def on_boot(self, charging_station, reason, **kwargs):
        self.meters["model"] = f"{charging_station['vendor_name']}/{charging_station['model']} {reason}"
        return call_result.BootNotification(CLOCK, self.interval, RegistrationStatusEnumType.pending)

    @on(Action.transaction_event)
    def on_transaction(self, event_type, transaction_info, seq_no, **kwargs):
        self.meters[transaction_info["transaction_id"]] = [event_type, seq_no]
        token = IdTokenInfoType(status=AuthorizationStatusEnumType.accepted)
        return call_result.TransactionEvent(total_cost=12.5, id_token_info=token)

    @on(Action.status_notification)
    def on_status(self, connector_status, evse_id, connector_id, **kwargs):
        self.meters[f"{evse_id}.{connector_id}"] = connector_status
        return call_result.StatusNotification()

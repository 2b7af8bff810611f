"""Payments without the network: Braintree's XML and hooks, Square, Adyen and Mollie by their models."""

import json

import Adyen
import braintree
from Adyen.util import is_valid_hmac_notification
from braintree.util.xml_util import XmlUtil
from mollie.api.client import Client
from mollie.api.objects.payment import Payment
from square import Square
from square.utils.webhooks_helper import verify_signature


def handler(event, context):
    gateway = braintree.BraintreeGateway(braintree.Configuration(braintree.Environment.Sandbox, merchant_id="m", public_key="p", private_key="k"))
    sample = gateway.webhook_testing.sample_notification(braintree.WebhookNotification.Kind.SubscriptionWentPastDue, "sub1")
    hook = gateway.webhook_notification.parse(sample["bt_signature"], sample["bt_payload"])
    square = Square(token="t", base_url="http://127.0.0.1:1")
    try:
        square.payments.list(request_options={"max_retries": 0, "timeout_in_seconds": 1})
        refused = "lazy"
    except Exception as error:
        refused = type(error).__module__.partition(".")[0]
    adyen = Adyen.Adyen(xapikey="k", platform="test", merchant_account="shop")
    try:
        adyen.checkout.payments_api.payments({"amount": {"value": 250, "currency": "EUR"}}, http_timeout=0.01)
        adyen_said = None
    except Exception as error:
        adyen_said = "failed" if error else None
    mollie = Client()
    mollie.set_api_key("test_" + "x" * 30)
    payment = Payment({"id": "tr_1", "status": "paid", "amount": {"value": "2.50", "currency": "EUR"}, "paidAt": "2026-01-02"}, mollie)
    return {
        "hook": [hook.kind, hook.subscription.id], "xml": XmlUtil.xml_from_dict({"order": {"amount": "2.50", "paid": True}}).count("<"),
        "again": XmlUtil.dict_from_xml("<a><b type='integer'>3</b></a>"), "client": type(square.payments).__name__, "orders": type(square.orders).__name__,
        "signed": verify_signature(request_body=event["body"], signature_header="x", signature_key="k", notification_url="https://shop.example"),
        "refused": refused, "adyen": adyen_said, "hmac": is_valid_hmac_notification(json.loads(event["notice"]), "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"),
        "mollie": [payment.is_paid(), payment.amount, type(mollie.payments).__name__], "search": type(braintree.TransactionSearch.amount >= 3).__name__,
    }

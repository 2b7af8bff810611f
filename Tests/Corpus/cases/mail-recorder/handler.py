"""Mails by SendGrid and Mailjet, answered from recorded cassettes, at a frozen time; webhooks are verified."""

import asyncio
import base64
import datetime as dt
import time
from pathlib import Path

import requests
import vcr
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from freezegun import freeze_time
from mailjet_rest import Client as Mailjet
from python_http_client.exceptions import HTTPError, UnauthorizedError
from sendgrid import SendGridAPIClient
from sendgrid.helpers.eventwebhook import EventWebhook
from sendgrid.helpers.inbound import Config, Parse
from sendgrid.helpers.mail import Attachment, Category, Content, Disposition, FileContent, FileName, FileType, From, Mail, Personalization, SendAt, Subject, To
from vcr.errors import CannotOverwriteExistingCassetteException
from werkzeug.test import EnvironBuilder

HERE = Path(__file__).parent
recorder = vcr.VCR(cassette_library_dir=str(HERE / "cassettes"), record_mode="none", match_on=["method", "scheme", "host", "path", "query"], filter_headers=["authorization"])


def letter(event):
    mail = Mail(From("shop@example.com", "Shop"), To(event["to"], substitutions={"-name-": "Ann"}), Subject("Your order"), html_content="<b>Hi -name-</b>")
    mail.attachment = Attachment(FileContent(base64.b64encode(b"a,b").decode()), FileName("o.csv"), FileType("text/csv"), Disposition("attachment"))
    mail.add_category(Category("orders"))
    mail.send_at = SendAt(int(time.time()) + 60)
    more = Personalization()
    more.add_to(To("bob@example.com"))
    more.dynamic_template_data = {"total": 9}
    mail.add_personalization(more)
    mail.add_content(Content("text/calendar", "BEGIN"))
    return mail


def verified(event):
    key = ec.derive_private_key(12345, ec.SECP256R1())
    signature = base64.b64encode(key.sign(b"160" + b"{}", ec.ECDSA(hashes.SHA256()))).decode()
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    hook = EventWebhook()
    known = hook.convert_public_key_to_ecdsa(base64.b64encode(public).decode())
    return [hook.verify_signature(payload, signature, "160", known) for payload in ("{}", "[]")]


@freeze_time("2026-03-01 12:00:00", tz_offset=2)
def handler(event, context):
    client = SendGridAPIClient("k")
    with recorder.use_cassette("sendgrid.yaml") as tape:
        sent = client.send(letter(event))
        stats = client.client.stats.get(query_params={"start_date": dt.date.today().isoformat()})
        try:
            client.client.suppression.bounces.get()
        except UnauthorizedError as error:
            refused = [error.status_code, isinstance(error, HTTPError), error.to_dict["errors"][0]["message"]]
        played = tape.play_count
    with recorder.use_cassette("mailjet.json", serializer="json"):
        mailjet = Mailjet(auth=("a", "b"), version="v3.1")
        posted = mailjet.send.create(data={"Messages": [{"To": [{"Email": event["to"]}], "TextPart": "Hi"}]})
        try:
            requests.get("https://example.com/other")
        except CannotOverwriteExistingCassetteException as error:
            unknown = error.failed_request.uri

    upload = EnvironBuilder(method="POST", data={"from": "ann@example.com", "subject": "Hi", "odd": "x"}).get_request()
    parsed = Parse(Config(), upload)
    with freeze_time("2027-01-01", auto_tick_seconds=5) as clock:
        ticked = [dt.datetime.now().isoformat(), dt.datetime.now().isoformat()]
        clock.move_to("2028-02-29")
        moved = dt.date.today().isoformat()
    return {"mail": letter(event).get(), "sent": [sent.status_code, sent.headers["X-Message-Id"]], "stats": stats.to_dict, "refused": refused, "played": played, "mailjet": [posted.status_code, posted.json()["Messages"][0]["Status"]],
            "unknown": unknown, "verified": verified(event), "parsed": parsed.key_values(), "frozen": [dt.datetime.now().isoformat(), dt.datetime.now(dt.timezone.utc).isoformat(), time.strftime("%F", time.gmtime())], "ticked": ticked, "moved": moved, "loop": asyncio.run(later())}


async def later():
    await asyncio.sleep(0)
    return time.time()

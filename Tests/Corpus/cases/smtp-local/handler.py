"""Mail by way of a server in the same process: sent, taken apart, refused."""

import asyncio
import socket
from email.message import EmailMessage
from email.utils import format_datetime
from datetime import datetime, timezone

import aiosmtplib
import mailparser
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from mailparser.utils import fingerprints, parse_received


class Inbox(Message):
    def __init__(self):
        super().__init__()
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("bob"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message):
        self.mails.append(message.as_bytes())


def known(server, session, envelope, mechanism, data):
    return AuthResult(success=isinstance(data, LoginPassword) and data.password == b"secret", handled=False)


def written(event):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Shop <shop@example.com>", ", ".join(event["to"]), event["subject"]
    mail["Date"], mail["Message-ID"] = format_datetime(datetime(2026, 1, 2, tzinfo=timezone.utc)), "<1@example.com>"
    mail["Received"] = "from a.example (a.example [203.0.113.5]) by b.example with ESMTPS id x1 for <eve@example.com>; Fri, 02 Jan 2026 03:04:05 +0000"
    mail.set_content("Hello Eve")
    mail.add_alternative("<p>Hello <b>Eve</b></p>", subtype="html")
    mail.add_attachment(b"a,b\n1,2\n", maintype="text", subtype="csv", filename="prices.csv")
    return mail


async def send(mail, port):
    errors, answers = await aiosmtplib.send(mail, hostname="127.0.0.1", port=port, username="u", password="secret", start_tls=False)
    client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False)
    async with client:
        await client.ehlo()
        features = [client.supports_extension("auth"), client.supports_extension("smtputf8"), sorted(client.server_auth_methods)]
        try:
            await client.login("u", "wrong")
            refused = None
        except aiosmtplib.SMTPAuthenticationError as error:
            refused = error.code
        try:
            await client.sendmail("shop@example.com", ["eve@example.com"], "x")
            early = None
        except aiosmtplib.SMTPException as error:
            early = [type(error).__name__]
    return [{k: v.code for k, v in errors.items()}, answers.split(" ")[0], features, refused, early]


def handler(event, context):
    inbox = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, authenticator=known, auth_required=True, auth_require_tls=False, enable_SMTPUTF8=True)
    controller.start()
    try:
        sent = asyncio.run(send(written(event), port))
    finally:
        controller.stop()
    parsed = mailparser.parse_from_bytes(inbox.mails[0])
    hop = parse_received(parsed.received_raw[-1].replace("\n", " "))
    return {
        "sent": sent, "subject": parsed.subject, "to": parsed.to, "date": parsed.date.isoformat(), "text": parsed.text_plain[0].strip(), "html": parsed.text_html[0].strip(),
        "attachments": [[a["filename"], a["mail_content_type"], a["payload"].strip()[:8]] for a in parsed.attachments], "defects": parsed.has_defects, "hop": [hop["from"], hop["by"], hop["id"]],
        "server": parsed.get_server_ipaddress(trust="b.example"), "md5": fingerprints(b"tea").md5, "name": SMTP.__module__, "mails": len(inbox.mails), "headers": sorted(parsed.headers)[:5],
    }

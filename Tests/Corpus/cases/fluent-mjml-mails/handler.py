"""Order mails: MJML templates by Jinja, texts by Fluent, a calendar entry for the delivery."""

from mails import calendar, render, texts


def handler(event, context):
    sent = []
    for order in event["orders"]:
        wording = texts.Texts(order["locale"])
        html = render.html("order.mjml.j2", wording, order)
        plain = render.html("receipt.html", wording, order)
        sent.append({
            "subject": wording("subject", name=order["name"]),
            "items": wording("items", count=len(order["lines"])),
            "due": wording("due", when=wording.date(order["delivery"]), total=wording.money(order["total"])),
            "missing": wording("nothing-like-it"),
            "responsive": "@media" in html and order["name"] in html,
            "buttons": html.count("<a "),
            "inlined": [line.strip() for line in plain.splitlines() if "style=" in line],
            "calendar": calendar.entry(order, wording("subject", name=order["name"])),
        })
    return {"sent": sent}

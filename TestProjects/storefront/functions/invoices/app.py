"""An order was shipped: write the invoice and send it."""

# A single function of `analytics`; its `__init__.py` brings pandas along.
# See `pare why invoices pandas`, and what `from analytics.rates import percent` would save.
from analytics import percent
from commerce.models import Order
from notify import render, send


def handler(event, context):
    order = Order.model_validate(event["order"])
    html = render(
        "invoice.html",
        number=event["number"],
        customer=order.customer,
        lines=order.lines,
        share=percent(event["shipping_cents"], order.net_cents),
    )
    sent = send(event["channel"], order.customer.email, f"Invoice {event['number']}", html)
    return {"html": html.splitlines(), "sent": sent}

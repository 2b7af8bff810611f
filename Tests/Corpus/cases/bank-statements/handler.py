"""Statements of several banks in; unpaid invoices go out as a signed SEPA direct debit."""

import base64

from bank import readers
from bank.collect import debit_order
from bank.invoices import Invoices


def handler(event, context):
    entries, rejected = [], []
    for upload in event["statements"]:
        try:
            entries += readers.read(upload["name"], base64.b64decode(upload["content"]))
        except Exception as error:
            rejected.append([upload["name"], type(error).__name__])
    with Invoices() as invoices:
        matched = [invoices.settle(entry) for entry in entries]
        unpaid = invoices.unpaid()
    order = debit_order(unpaid, event["collection_date"])
    from bank.seal import check, seal

    sealed = seal(order)
    return {"entries": entries, "matched": [m for m in matched if m], "rejected": rejected,
            "unpaid": [row["number"] for row in unpaid], "seal": check(sealed),
            "tampered": check(sealed.replace(b"49.90", b"99.90"))}

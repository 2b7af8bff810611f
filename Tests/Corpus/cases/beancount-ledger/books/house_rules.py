"""Every expense over the limit must carry a receipt."""

import collections
from decimal import Decimal

from beancount.core import data

__plugins__ = ("needs_receipt",)

MissingReceipt = collections.namedtuple("MissingReceipt", "source message entry")


def needs_receipt(entries, options, limit="100"):
    errors = []
    for entry in data.filter_txns(entries):
        for posting in entry.postings:
            if posting.account.startswith("Expenses") and posting.units.number > Decimal(limit):
                if "receipt" not in entry.meta:
                    errors.append(MissingReceipt(entry.meta, f"no receipt for {entry.narration}", entry))
    return entries, errors

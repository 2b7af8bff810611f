from datetime import date
from enum import Enum

import attrs
from cattrs.preconf.json import make_converter

converter = make_converter(omit_if_default=True)


class Kind(Enum):
    IN = "in"
    OUT = "out"


@attrs.define
class Move:
    day: date
    kind: Kind
    amount: int = 0


def handler(event, context):
    moves = converter.structure(event["moves"], list[Move])
    balance = sum(m.amount if m.kind is Kind.IN else -m.amount for m in moves)
    return {"balance": balance, "json": converter.dumps(moves)}

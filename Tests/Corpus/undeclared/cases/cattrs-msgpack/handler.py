import base64

import attrs
from cattrs.preconf.msgpack import make_converter

converter = make_converter()


@attrs.define
class Reading:
    sensor: str
    values: list[float]


def handler(event, context):
    packed = converter.dumps(converter.structure(event, Reading))
    again = converter.loads(packed, Reading)
    return {"packed": base64.b64encode(packed).decode(), "mean": sum(again.values) / len(again.values)}

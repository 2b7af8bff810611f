"""The signed meter blob that vendors put into DataTransfer."""

from construct import (Checksum, Computed, Const, CString, Enum, GreedyRange, Int8ub, Int16ub, Int32ub,
                       PascalString, Prefixed, RawCopy, Struct, this)
import zlib

Reading = Struct(
    "phase" / Enum(Int8ub, L1=1, L2=2, L3=3),
    "raw" / Int32ub,
    "kwh" / Computed(this.raw / 1000),
)
Blob = Struct(
    "magic" / Const(b"MTR1"),
    "fields" / RawCopy(Struct(
        "serial" / PascalString(Int8ub, "ascii"),
        "unit" / CString("utf8"),
        "readings" / Prefixed(Int16ub, GreedyRange(Reading)),
    )),
    "checksum" / Checksum(Int32ub, zlib.crc32, this.fields.data),
)


def encode(serial, readings):
    return Blob.build({"fields": {"value": {"serial": serial, "unit": "kWh", "readings": [
        {"phase": phase, "raw": raw} for phase, raw in readings]}}})


def decode(data):
    value = Blob.parse(data).fields.value
    return {"serial": value.serial, "unit": value.unit,
            "kwh": {str(r.phase): r.kwh for r in value.readings}}

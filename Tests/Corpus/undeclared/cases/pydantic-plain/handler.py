from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, HttpUrl, TypeAdapter, field_validator


class Invoice(BaseModel):
    id: UUID
    due: date
    currency: Literal["CHF", "EUR"]
    lines: list[Decimal]
    link: HttpUrl

    @field_validator("lines")
    @classmethod
    def not_empty(cls, lines):
        if not lines:
            raise ValueError("an invoice has lines")
        return lines


def handler(event, context):
    invoices = TypeAdapter(list[Invoice]).validate_python(event["invoices"])
    return {
        "total": str(sum(sum(each.lines) for each in invoices)),
        "json": invoices[0].model_dump_json(),
        "schema": sorted(Invoice.model_json_schema()["properties"]),
    }

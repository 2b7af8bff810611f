"""The shapes that cross the shop's borders, checked where they come in."""

from typing import Annotated

from pydantic import BaseModel, Field, computed_field

from .money import Money

Cents = Annotated[int, Field(ge=0)]


class Customer(BaseModel):
    name: str = Field(min_length=1)
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]+$")
    country: str = Field(pattern=r"^[A-Z]{2}$")


class Line(BaseModel):
    sku: str
    quantity: int = Field(gt=0, le=99)
    unit_cents: Cents


class Order(BaseModel):
    customer: Customer
    lines: list[Line] = Field(min_length=1)

    @computed_field
    @property
    def net_cents(self) -> int:
        return sum(line.quantity * line.unit_cents for line in self.lines)

    @property
    def net(self) -> Money:
        return Money(self.net_cents)

    @property
    def gross(self) -> Money:
        return self.net + self.net.tax(self.customer.country)

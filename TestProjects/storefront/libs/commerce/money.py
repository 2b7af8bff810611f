"""Amounts in cents, and what the tax office adds to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, order=True)
class Money:
    cents: int
    currency: str = "EUR"

    def __add__(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return Money(self.cents + other.cents, self.currency)

    def __mul__(self, quantity: int) -> Money:
        return Money(self.cents * quantity, self.currency)

    def __str__(self) -> str:
        return f"{self.cents // 100}.{self.cents % 100:02d} {self.currency}"

    def tax(self, country: str) -> Money:
        """Rounded half up, to the cent."""
        return Money((self.cents * _tax_rates()[country] + 5_000) // 10_000, self.currency)


@cache
def _tax_rates() -> dict[str, int]:
    """Value added tax by country, in hundredths of a percent."""
    return json.loads(files("commerce").joinpath("data/tax_rates.json").read_text())

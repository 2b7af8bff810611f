from datetime import date
from decimal import Decimal
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency
from fluent.runtime import FluentLocalization, FluentResourceLoader

LOCALES = Path(__file__).parent.parent / "locales"


class Texts:
    def __init__(self, locale):
        self.locale = Locale.parse(locale, sep="-")
        loader = FluentResourceLoader(str(LOCALES / "{locale}"))
        self.fluent = FluentLocalization([locale, self.locale.language, "en"], ["order.ftl", "brand.ftl"], loader)

    def __call__(self, key, **values):
        return self.fluent.format_value(key, values).replace("\u2068", "").replace("\u2069", "")

    def date(self, text):
        return format_date(date.fromisoformat(text), "full", locale=self.locale)

    def money(self, amount):
        return format_currency(Decimal(str(amount)), "EUR", locale=self.locale)

"""The assortment, kept by the buyers in a YAML file beside this module."""

from functools import cache
from pathlib import Path

import yaml

from commerce import Money


@cache
def assortment() -> list[dict]:
    text = Path(__file__).with_name("assortment.yaml").read_text()
    # The C loader is ten times as fast; a build of PyYAML without libyaml doesn't have it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    products = yaml.load(text, Loader=loader)
    return [{**product, "price": Money(product["price"])} for product in products]

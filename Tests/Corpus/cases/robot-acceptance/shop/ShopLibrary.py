"""Keywords for the suites; imported by name from the resource file."""

from datetime import date

from robot.api import logger
from robot.api.deco import keyword, library, not_keyword
from robot.libraries.BuiltIn import BuiltIn

from shop.basket import Basket


def parse_date(text: str) -> date:
    return date.fromisoformat(text)


@library(scope="TEST", version="1.2", converters={date: parse_date})
class ShopLibrary:
    def __init__(self, currency: str = "CHF"):
        self.basket = Basket(currency)

    @keyword("Put ${count:\\d+} ${item} In The Basket")
    def put(self, count: int, item: str):
        logger.info(f"<b>{item}</b>", html=True)
        self.basket.add(item, count)

    @keyword(tags=["price"])
    def basket_total(self, discount: int = 0, on: date = date(2024, 1, 1)) -> str:
        BuiltIn().set_test_variable("${LAST}", str(self.basket.total(discount)))
        return f"{self.basket.total(discount)} {self.basket.currency}"

    @not_keyword
    def secret(self):
        raise AssertionError

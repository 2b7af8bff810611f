from decimal import Decimal

STOCK = {"apple": 10, "pear": 2, "plum": 0}
PRICES = {"apple": Decimal("0.45"), "pear": Decimal("0.60"), "plum": Decimal("0.30")}


class OutOfStock(Exception):
    pass


class Basket:
    def __init__(self, currency="CHF"):
        self.currency, self.items = currency, {}

    def add(self, item, count=1):
        if self.items.get(item, 0) + count > STOCK[item]:
            raise OutOfStock(f"only {STOCK[item]} of {item}")
        self.items[item] = self.items.get(item, 0) + count

    def total(self, discount=0):
        full = sum((PRICES[i] * n for i, n in self.items.items()), Decimal())
        return (full * (100 - discount) / 100).quantize(Decimal("0.01"))

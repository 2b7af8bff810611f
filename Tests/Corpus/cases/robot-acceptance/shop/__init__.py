"""The shop under test: a basket priced by rules."""

from .basket import Basket, OutOfStock

__all__ = ["Basket", "OutOfStock"]

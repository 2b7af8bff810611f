"""Figures about the shop.

Everything is re-exported here, for convenience. Its price: whoever wants `percent` gets pandas.
"""

from .frames import daily_sales, sales_frame
from .rates import percent

__all__ = ["daily_sales", "percent", "sales_frame"]

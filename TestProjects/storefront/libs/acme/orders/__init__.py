"""Order numbers, as all companies of the group write them.

`acme` has no `__init__.py`: it is a namespace package, and `plugins` adds to it.
"""

from .numbers import order_number

__all__ = ["order_number"]

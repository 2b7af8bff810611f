"""How search results are ordered; the other half of the `acme` namespace lies in `libs`."""

from .cosine import rank

__all__ = ["rank"]

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def join(orders: pd.DataFrame, shops: pd.DataFrame, rates: dict) -> pd.DataFrame:
    joined = orders.merge(shops, on="shop", how="left", validate="many_to_one")
    joined["chf"] = (joined["amount"] * joined["currency"].map(rates)).round(2)
    return joined.dropna(subset=["city"]).sort_values("order")


def discount(sales: pd.DataFrame, share: float, cities: list[str]) -> pd.DataFrame:
    sales.loc[sales["city"].isin(cities), "chf"] *= 1 - share
    return sales.round({"chf": 2})

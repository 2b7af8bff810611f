"""Sales of the last days, for the screen in the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics import daily_sales, percent, sales_frame

if TYPE_CHECKING:
    import pandas as pd


def handler(event, context):
    frame = sales_frame(event["sales"])
    daily = daily_sales(frame)
    best = frame.groupby("sku")["revenue"].sum().sort_values(ascending=False)
    return {
        "days": [{"day": f"{day:%Y-%m-%d}", **row.to_dict()} for day, row in daily.iterrows()],
        "best": best.index[0],
        "share": percent(best.iloc[0], best.sum()),
        "summary": _summary(daily),
    }


def _summary(daily: pd.DataFrame) -> dict[str, float]:
    described = daily["revenue"].describe()
    return {name: round(float(described[name]), 2) for name in ("mean", "std", "max")}

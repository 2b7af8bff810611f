"""Sales as data frames."""

from collections.abc import Iterable

import numpy as np
import pandas as pd


def sales_frame(rows: Iterable[dict]) -> pd.DataFrame:
    frame = pd.DataFrame.from_records(list(rows))
    frame["day"] = pd.to_datetime(frame["day"])
    frame["revenue"] = frame["quantity"] * frame["unit_cents"] / 100
    return frame


def daily_sales(frame: pd.DataFrame) -> pd.DataFrame:
    """Revenue per day, with the days on which nothing was sold, and a three-day mean."""
    daily = frame.set_index("day")["revenue"].resample("D").sum().to_frame()
    daily["mean"] = daily["revenue"].rolling(3, min_periods=1).mean().round(2)
    daily["growth"] = np.log1p(daily["revenue"]).diff().fillna(0).round(4)
    return daily


def to_excel(frame: pd.DataFrame, path: str) -> None:
    """For the finance department's laptops; no function calls it."""
    import openpyxl  # noqa: F401  (pandas asks for it by name, with a less helpful message)

    frame.to_excel(path)

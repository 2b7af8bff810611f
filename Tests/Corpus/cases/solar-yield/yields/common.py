import math


def short(series, digits=3):
    return {str(k)[:16]: (None if math.isnan(v) else float(f"{v:.{digits}g}") + 0.0) for k, v in series.items()}


def location(site):
    from pvlib.location import Location

    return Location(site["latitude"], site["longitude"], tz=site["timezone"], altitude=site["altitude"], name=site["name"])


def hours(site, day, freq="3h"):
    import pandas as pd

    return pd.date_range(day, periods=24 // int(freq[:-1]), freq=freq, tz=site["timezone"])

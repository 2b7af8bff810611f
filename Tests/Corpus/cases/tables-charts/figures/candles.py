import io

import mplfinance as mpf


def draw(sales, look):
    frame = sales.groupby("day").agg(Open=("amount", "first"), High=("amount", "max"), Low=("amount", "min"), Close=("amount", "last"), Volume=("amount", "size"))
    out = io.BytesIO()
    mpf.plot(frame, type="candle", style=look, volume=True, mav=(2,), savefig={"fname": out, "dpi": 60, "format": "png"})
    return {"png": out.getvalue()[1:4].decode(), "styles": len(mpf.available_styles()) > 10, "closes": frame["Close"].tolist()}

import pandas as pd
from great_tables import GT, html, loc, md, style, vals
from great_tables.data import countrypops, exibble


def draw(sales, locale):
    totals = sales.groupby("shop", as_index=False).agg(amount=("amount", "sum"), share=("amount", lambda x: x.sum() / sales["amount"].sum()))
    table = (
        GT(totals, rowname_col="shop", locale=locale)
        .tab_header(title=md("**Sales**"), subtitle=html("by <i>shop</i>"))
        .fmt_currency("amount", currency="EUR").fmt_percent("share", decimals=1)
        .data_color("share", palette=["white", "tomato"], domain=[0, 1]).tab_style(style.text(weight="bold"), loc.body("amount"))
        .opt_stylize(style=3, color="blue").tab_source_note("weekly")
    )
    raw = table.as_raw_html(inline_css=False)
    signs = GT(pd.DataFrame({"country": ["AT", "DE"], "icon": ["truck", "star"]})).fmt_flag("country").fmt_icon("icon")
    return {
        "title": "<strong>Sales</strong>" in raw,
        "cells": [part.split("</td>")[0].split(">")[-1] for part in raw.split("<td")[1:] if "€" in part.split("</td>")[0] or "%" in part.split("</td>")[0]],
        "svgs": signs.as_raw_html().count("<svg"),
        "latex": GT(totals).as_latex().count("\\\\"),
        "dates": vals.fmt_date(["2024-03-05"], date_style="day_month_year", locale=locale),
        "flags": GT(exibble.head(2)).fmt_number("num", decimals=1).as_raw_html().count("<tr"),
        "countries": int(countrypops["country_name"].nunique()),
    }

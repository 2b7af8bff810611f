"""Statistics as pictures: seaborn on matplotlib's vector back ends, Bokeh as a document."""

import io

import matplotlib

matplotlib.use("svg")

import pandas as pd
import seaborn as sns
from bokeh.embed import file_html, json_item
from bokeh.models import HoverTool
from bokeh.palettes import Viridis
from bokeh.plotting import figure
from bokeh.resources import INLINE


def handler(event, context):
    frame = pd.DataFrame(event["rows"], columns=["x", "y", "k"])
    sns.set_theme(style="whitegrid")
    axes = sns.scatterplot(frame, x="x", y="y", hue="k")
    out = io.BytesIO()
    axes.figure.savefig(out, format="svg")
    pdf = io.BytesIO()
    sns.boxplot(frame, x="k", y="y").figure.savefig(pdf, format="pdf")
    plot = figure(title="T", tools=[HoverTool()])
    plot.line(frame.x, frame.y, color=Viridis[3][0])
    return {"svg": b"<svg" in out.getvalue(), "pdf": pdf.getvalue()[:5].decode(), "title": json_item(plot)["doc"]["title"],
            "page": len(file_html(plot, INLINE)) > 500_000, "colour": [round(c, 2) for c in sns.color_palette("deep")[0]]}

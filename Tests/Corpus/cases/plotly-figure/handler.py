"""Charts as documents: plotly's lazily imported objects, altair's schema."""

import altair as alt
import plotly.graph_objects as go
import plotly.io as pio
from plotly.subplots import make_subplots


def handler(event, context):
    figure = make_subplots(rows=1, cols=2)
    figure.add_trace(go.Scatter(x=[1, 2, 3], y=event["y"], name="line"), row=1, col=1)
    figure.add_trace(go.Bar(x=["a", "b"], y=[1, 2]), row=1, col=2)
    figure.update_layout(template="plotly_dark", title=dict(text="Sales"))
    try:
        go.Scatter(nothing=1)
    except ValueError as error:
        wrong = "nothing" in str(error)
    html = pio.to_html(figure, include_plotlyjs=False, full_html=False, div_id="d")
    chart = alt.Chart(alt.Data(values=[{"a": 1, "b": 2}])).mark_point().encode(x="a:Q", y=alt.Y("b:Q", title="B"))
    document = chart.to_dict()
    return {
        "types": [t.type for t in figure.data], "title": figure.to_dict()["layout"]["title"]["text"],
        "template": figure.layout.template.layout.paper_bgcolor, "wrong": wrong, "html": 'id="d"' in html,
        "whole": len(pio.to_html(figure, include_plotlyjs=True)) > 1_000_000,
        "altair": document["encoding"]["y"]["title"], "mark": document["mark"]["type"],
    }

import dash
import dash_ag_grid as dag
import dash_bootstrap_components as dbc
import plotly.graph_objects as go
from dash import Input, Output, callback, dcc, html

dash.register_page(__name__, path="/", title="Sales")
SALES = [{"product": "ink", "sold": 7}, {"product": "tea", "sold": 12}, {"product": "paper", "sold": 3}]

layout = dbc.Container([
    dcc.Dropdown([s["product"] for s in SALES], ["ink", "tea"], id="products", multi=True),
    dcc.Graph(id="sold"),
    dag.AgGrid(id="grid", rowData=SALES, columnDefs=[{"field": "product"}, {"field": "sold", "filter": "agNumberColumnFilter"}]),
    dbc.Alert(id="told", color="info"),
    html.Div(dcc.Markdown("*all figures without tax*")),
])


@callback(Output("sold", "figure"), Output("told", "children"), Output("grid", "rowData"), Input("products", "value"))
def shown(products):
    if not products:
        return dash.no_update, "nothing chosen", []
    rows = [s for s in SALES if s["product"] in products]
    figure = go.Figure(go.Bar(x=[r["product"] for r in rows], y=[r["sold"] for r in rows]), layout={"template": "plotly_dark"})
    figure.add_annotation(text="best", x=max(rows, key=lambda r: r["sold"])["product"], y=10)
    return figure, f"{sum(r['sold'] for r in rows)} sold", rows

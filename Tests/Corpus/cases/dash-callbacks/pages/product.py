import dash
from dash import html

dash.register_page(__name__, path_template="/product/<name>")


def layout(name=None, **query):
    return html.H2(f"Product {name}", id="product-name")

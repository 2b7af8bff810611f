"""The product list, as the web site shows it."""

from products import assortment


def handler(event, context):
    category = (event.get("queryStringParameters") or {}).get("category")
    products = [p for p in assortment() if category in (None, p["category"])]
    return {
        "statusCode": 200,
        "headers": {"Cache-Control": "max-age=300"},
        "products": [{**p, "price": str(p["price"])} for p in products],
    }

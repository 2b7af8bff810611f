from flask import Flask
from flask_caching import Cache

app = Flask(__name__)
cache = Cache(app, config={"CACHE_TYPE": "SimpleCache", "CACHE_DEFAULT_TIMEOUT": 60})
calls = []


@cache.memoize()
def price(sku):
    calls.append(sku)
    return len(sku) * 10


def handler(event, context):
    with app.app_context():
        prices = [price(sku) for sku in event["skus"]]
    return {"prices": prices, "calls": calls}

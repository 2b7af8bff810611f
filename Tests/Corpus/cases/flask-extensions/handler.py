"""A Flask API with rate limits, a cache, tokens and an OpenAPI document, each by its extension."""

from flask import Flask
from flask.views import MethodView
from flask_caching import Cache
from flask_jwt_extended import JWTManager, create_access_token, get_jwt_identity, jwt_required
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_smorest import Api, Blueprint, abort
from marshmallow import Schema, fields, validate

app = Flask("shop")
app.config.update(
    API_TITLE="Shop", API_VERSION="v1", OPENAPI_VERSION="3.0.3", OPENAPI_URL_PREFIX="/docs",
    OPENAPI_SWAGGER_UI_PATH="/ui", OPENAPI_SWAGGER_UI_URL="https://cdn.example/swagger/",
    JWT_SECRET_KEY="a" * 32, CACHE_TYPE="SimpleCache", CACHE_DEFAULT_TIMEOUT=60,
    RATELIMIT_STORAGE_URI="memory://", RATELIMIT_STRATEGY="moving-window", RATELIMIT_HEADERS_ENABLED=True,
)
api, cache, jwt = Api(app), Cache(app), JWTManager(app)
limiter = Limiter(get_remote_address, app=app, default_limits=["100 per hour"])
items = Blueprint("items", "items", url_prefix="/items", description="Things on sale")
calls = []


class Item(Schema):
    name = fields.String(required=True, validate=validate.Length(min=2))
    price = fields.Decimal(as_string=True, places=2)


@cache.memoize()
def price_of(name):
    calls.append(name)
    return f"{len(name)}.50"


@items.route("/<name>")
class ItemView(MethodView):
    @items.response(200, Item)
    @items.alt_response(404, description="unknown")
    def get(self, name):
        return {"name": name, "price": price_of(name)} if name != "none" else abort(404, message="unknown")


@items.route("/")
class ItemList(MethodView):
    decorators = [limiter.limit("2 per minute")]

    @jwt_required()
    @items.arguments(Item)
    @items.response(201, Item)
    def post(self, item):
        return item | {"name": f"{item['name']} by {get_jwt_identity()}"}


api.register_blueprint(items)


def handler(event, context):
    client = app.test_client()
    with app.app_context():
        token = create_access_token(event["user"], additional_claims={"role": "seller"})
    auth = {"Authorization": f"Bearer {token}"}
    got = [client.get(f"/items/{name}").json for name in ("tea", "tea", "none")]
    posts = [client.post("/items/", json=event["item"], headers=h) for h in (auth, {}, auth)]
    bad = [client.post("/items/", json={"name": "x"}, headers=auth | {"X-Forwarded-For": "1"}).status_code]
    document = client.get("/docs/openapi.json").json
    return {"got": got, "calls": calls[:], "status": [p.status_code for p in posts] + bad, "made": posts[0].json, "left": posts[0].headers["X-RateLimit-Remaining"],
            "paths": sorted(document["paths"]), "schemas": sorted(document["components"]["schemas"]), "ui": "cdn.example" in client.get("/docs/ui").text, "no token": posts[1].json}

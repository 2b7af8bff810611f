"""A shop on Flask with its usual companions, behind an API Gateway event."""

import json

from apig_wsgi import make_lambda_handler
from flask import Flask
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from flask_babel import Babel, format_currency, gettext
from flask_login import LoginManager, UserMixin, login_required, login_user
from flask_restx import Api, Resource, fields
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config.update(SECRET_KEY="k", SQLALCHEMY_DATABASE_URI="sqlite://", BABEL_TRANSLATION_DIRECTORIES="translations")
database = SQLAlchemy(app)
Babel(app, locale_selector=lambda: "de")
login = LoginManager(app)


class Item(database.Model):
    id = database.Column(database.Integer, primary_key=True)
    name = database.Column(database.String(20), unique=True)
    price = database.Column(database.Numeric(8, 2))


class User(UserMixin):
    id = "ann"


login.user_loader(lambda name: User() if name == "ann" else None)
admin = Admin(app, name="Shop")
admin.add_view(ModelView(Item, database.session, endpoint="stock"))


@app.get("/login")
def enter():
    login_user(User())
    return "in"


@app.get("/price")
@login_required
def price():
    return {"price": format_currency(2.5, "EUR"), "text": gettext("tea")}


api = Api(app, version="1", title="Shop", doc="/docs", prefix="/api")
shape = api.model("Item", {"id": fields.Integer(readonly=True), "name": fields.String(required=True), "price": fields.Float})


@api.route("/items")
class Items(Resource):
    @api.marshal_list_with(shape)
    def get(self):
        return Item.query.order_by(Item.id).all()

    @api.expect(shape, validate=True)
    @api.marshal_with(shape, code=201)
    def post(self):
        item = Item(name=api.payload["name"], price=api.payload.get("price"))
        database.session.add(item)
        database.session.commit()
        return item, 201


answer = make_lambda_handler(app.wsgi_app)


def ask(method, path, body=None, **headers):
    said = answer({
        "version": "2.0", "rawPath": path, "rawQueryString": "", "headers": {"host": "shop", "content-type": "application/json", **headers},
        "requestContext": {"http": {"method": method, "path": path, "sourceIp": "1.1.1.1", "protocol": "HTTP/1.1"}}, "body": json.dumps(body) if body else "",
        "isBase64Encoded": False, "cookies": [headers["cookie"]] if "cookie" in headers else [],
    }, None)
    return said


def handler(event, context):
    with app.app_context():
        database.create_all()
    made = [ask("POST", "/api/items", item) for item in event["items"]]
    invalid = ask("POST", "/api/items", {"price": 1})
    listed = ask("GET", "/api/items")
    entered = ask("GET", "/login")
    cookie = entered["cookies"][0].partition(";")[0]
    page, docs = ask("GET", "/admin/stock/"), ask("GET", "/docs")
    return {
        "made": [m["statusCode"] for m in made], "invalid": json.loads(invalid["body"])["errors"], "listed": json.loads(listed["body"]),
        "denied": ask("GET", "/price")["statusCode"], "price": json.loads(ask("GET", "/price", cookie=cookie)["body"]),
        "admin": [page["statusCode"], "tea" in page["body"], "bootstrap" in page["body"]], "docs": [docs["statusCode"], "swagger" in docs["body"].lower()],
        "schema": sorted(json.loads(ask("GET", "/api/swagger.json")["body"])["paths"]),
        "static": ask("GET", "/swaggerui/favicon-32x32.png")["statusCode"],
    }

"""Connexion: the specification names the functions; APIFlask: the functions make the specification."""

from pathlib import Path

import connexion
from apiflask import APIBlueprint, APIFlask, HTTPTokenAuth, Schema
from apiflask.fields import Integer, String
from apiflask.validators import Length, OneOf

app = connexion.FlaskApp(__name__, specification_dir=Path(__file__).parent / "api")
app.add_api("openapi.yaml", arguments={"title": "Shop"}, validate_responses=True)

flask = APIFlask(__name__, title="Pets", version="1")
auth = HTTPTokenAuth()
pets = APIBlueprint("pets", __name__, url_prefix="/pets")


class PetIn(Schema):
    name = String(required=True, validate=Length(0, 5))
    category = String(required=True, validate=OneOf(["dog", "cat"]))


class PetOut(PetIn):
    id = Integer()


@auth.verify_token
def verify(token):
    return token if token == "t" else None


@pets.post("/")
@pets.input(PetIn)
@pets.output(PetOut, status_code=201)
@pets.auth_required(auth)
def add(json_data):
    return {"id": 1, **json_data}


flask.register_blueprint(pets)


def handler(event, context):
    with app.test_client() as client:
        first = client.get("/v1/items/7", params={"lang": "de"})
        wrong = client.get("/v1/items/seven")
        made = client.post("/v1/items", json=event["item"])
        invalid = client.post("/v1/items", json={"name": 3})
        ui = client.get("/v1/ui/")
    client = flask.test_client()
    bearer = {"Authorization": "Bearer t"}
    return {
        "first": [first.status_code, first.json()], "wrong": wrong.status_code,
        "made": [made.status_code, made.json()], "invalid": [invalid.status_code, invalid.json()["detail"]],
        "ui": [ui.status_code, "swagger" in ui.text.lower()],
        "pet": client.post("/pets/", json={"name": "rex", "category": "dog"}, headers=bearer).json,
        "bad": client.post("/pets/", json={"name": "rex", "category": "cow"}, headers=bearer).json["message"],
        "denied": client.post("/pets/", json={}).status_code, "paths": sorted(flask.spec["paths"]),
        "docs": client.get("/docs").status_code,
    }

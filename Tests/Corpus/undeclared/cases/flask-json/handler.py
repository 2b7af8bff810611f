from flask import Flask, jsonify, request

app = Flask(__name__)


@app.post("/sum")
def total():
    numbers = request.get_json()["numbers"]
    return jsonify(total=sum(numbers), count=len(numbers)), 201


@app.errorhandler(404)
def missing(error):
    return {"error": error.name}, 404


def handler(event, context):
    client = app.test_client()
    answer = client.post("/sum", json={"numbers": event["numbers"]})
    return {"status": answer.status_code, "json": answer.json, "missing": client.get("/x").json}

import json


def rate(currency):
    with open("config/rates.json") as file:
        return json.load(file)[currency]

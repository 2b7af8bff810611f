from engine import Engine

def handler(event, context):
    return Engine.from_config("engine.toml").check(event["amount"])

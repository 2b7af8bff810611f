import redis

client = redis.Redis.from_url("redis://cache.internal:6379/3", decode_responses=True)


def handler(event, context):
    pipe = client.pipeline(transaction=False)
    for key, value in event["values"].items():
        pipe.set(key, value, ex=60)
    commands = [list(map(str, command[0])) for command in pipe.command_stack]
    options = client.connection_pool.connection_kwargs
    return {"commands": commands, "db": options["db"], "host": options["host"]}

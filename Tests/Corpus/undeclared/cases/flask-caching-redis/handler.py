from flask import Flask
from flask_caching import Cache

app = Flask(__name__)
app.config.from_mapping(
    CACHE_TYPE="RedisCache", CACHE_REDIS_HOST="cache.internal", CACHE_KEY_PREFIX="shop:")
cache = Cache(app)


def handler(event, context):
    with app.app_context():
        backend = cache.cache
        client = backend._write_client
    return {"backend": type(backend).__name__, "client": type(client).__module__.split(".")[0]}

import redis
from redis.utils import HIREDIS_AVAILABLE

pool = redis.ConnectionPool(host="cache.internal", max_connections=2)


def handler(event, context):
    if not HIREDIS_AVAILABLE:
        raise RuntimeError("too slow without hiredis")
    connection = pool.connection_class(**pool.connection_kwargs)
    return {"parser": type(connection._parser).__name__, "host": connection.host}

from django.conf import settings

settings.configure(
    USE_TZ=True,
    CACHES={
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://cache.internal:6379/1",
        }
    },
)

from django.core.cache import cache  # noqa: E402


def handler(event, context):
    key = cache.make_key(event["key"], version=2)
    return {"key": key, "client": cache._cache.get_client(key).__class__.__module__.split(".")[0]}

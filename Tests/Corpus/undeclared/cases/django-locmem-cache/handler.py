from django.conf import settings

settings.configure(
    USE_TZ=True,
    SECRET_KEY="not-so-secret",
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
)

from django.core import signing  # noqa: E402
from django.core.cache import cache  # noqa: E402


def handler(event, context):
    hits = [cache.get_or_set(key, lambda: key.upper(), 60) for key in event["keys"]]
    token = signing.dumps({"user": 7}, salt="mail", compress=True)
    return {"hits": hits, "user": signing.loads(token, salt="mail")["user"]}

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from django.db import connection  # noqa: E402
from django.template import engines  # noqa: E402
from django.utils.text import slugify  # noqa: E402


def handler(event, context):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s + %s", [event["a"], event["b"]])
        total = cursor.fetchone()[0]
    page = engines["django"].from_string("{{ title|upper }}: {{ total }}")
    return {
        "vendor": connection.vendor,
        "body": page.render({"title": event["title"], "total": total}),
        "slug": slugify(event["title"]),
    }

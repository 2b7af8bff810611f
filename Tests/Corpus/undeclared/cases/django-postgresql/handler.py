import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
django.setup()

from shop.models import Order  # noqa: E402


def handler(event, context):
    orders = Order.objects.filter(total__gte=event["at_least"]).order_by("-total")[:5]
    sql, parameters = orders.query.sql_with_params()
    return {"sql": sql, "parameters": [str(each) for each in parameters]}

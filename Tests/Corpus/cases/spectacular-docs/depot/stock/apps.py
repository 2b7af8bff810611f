from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "depot.stock"
    label = "stock"

    def ready(self):
        from . import signals  # noqa: F401

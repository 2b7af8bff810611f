from django.contrib import admin
from import_export import resources
from import_export.admin import ImportExportModelAdmin

from .models import Product


class ProductResource(resources.ModelResource):
    class Meta:
        model = Product
        import_id_fields = ["name"]
        fields = ["name", "price", "stock"]
        skip_unchanged = True


@admin.register(Product)
class ProductAdmin(ImportExportModelAdmin):
    resource_classes = [ProductResource]

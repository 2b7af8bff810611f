from typing import List

from django.contrib.auth import get_user_model
from django.shortcuts import get_object_or_404
from ninja import Field, FilterSchema, ModelSchema, NinjaAPI, Query
from ninja.pagination import LimitOffsetPagination, paginate
from ninja.security import HttpBearer

from .models import Product


class Bearer(HttpBearer):
    def authenticate(self, request, token):
        return get_user_model().objects.filter(username=token).first()


class ProductOut(ModelSchema):
    class Meta:
        model = Product
        fields = ["id", "name", "price"]


class Filters(FilterSchema):
    cheaper: float | None = Field(None, q="price__lt")


api = NinjaAPI(title="Shop", version="2.0")


@api.get("/products", response=List[ProductOut])
@paginate(LimitOffsetPagination)
def products(request, filters: Filters = Query(...)):
    return filters.filter(Product.objects.order_by("name"))


@api.post("/products/{product_id}/take", auth=Bearer())
def take(request, product_id: int, count: int = 1):
    product = get_object_or_404(Product, id=product_id)
    return {"left": product.stock - count, "by": request.auth.username}

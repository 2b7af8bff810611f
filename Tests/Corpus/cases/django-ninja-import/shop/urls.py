from django.contrib import admin
from django.shortcuts import render
from django.urls import path

from .api import api
from .forms import ProductForm

urlpatterns = [
    path("api/", api.urls),
    path("admin/", admin.site.urls),
    path("form", lambda request: render(request, "shop/form.html", {"form": ProductForm({"name": "x" * 50, "price": "a"})})),
]

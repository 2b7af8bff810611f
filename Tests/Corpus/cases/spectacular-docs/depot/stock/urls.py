from django.urls import path
from rest_framework.routers import SimpleRouter

from . import views

router = SimpleRouter()
router.register("items", views.ItemViewSet)
urlpatterns = [path("sheet/", views.sheet), *router.urls]

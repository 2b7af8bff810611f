from rest_framework.routers import DefaultRouter
from rest_framework.serializers import ModelSerializer
from rest_framework.viewsets import ModelViewSet

from .models import Product


class ProductSerializer(ModelSerializer):
    class Meta:
        model = Product
        fields = ["id", "name", "price"]


class ProductViewSet(ModelViewSet):
    queryset = Product.objects.order_by("id")
    serializer_class = ProductSerializer
    filterset_fields = ["name"]


router = DefaultRouter()
router.register("products", ProductViewSet)
urlpatterns = router.urls

import django_tables2 as tables
from django.shortcuts import render
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import ModelViewSet

from .models import Item
from .serializers import HistorySerializer, ItemSerializer


class ItemViewSet(ModelViewSet):
    serializer_class = ItemSerializer
    throttle_scope = "stock"
    queryset = Item.objects.select_related("shelf").order_by("id")

    @extend_schema(parameters=[OpenApiParameter("low", bool)])
    def list(self, request, *args, **kwargs):
        if "low" in request.query_params:
            self.queryset = self.queryset.filter(low=True)
        return super().list(request, *args, **kwargs)

    @extend_schema(responses=HistorySerializer(many=True))
    @action(detail=True, pagination_class=None)
    def history(self, request, pk=None):
        rows = self.get_object().history.order_by("history_id")
        return Response(HistorySerializer(rows, many=True).data)


class ItemTable(tables.Table):
    shelf = tables.Column(accessor="shelf__code")
    amount = tables.Column(footer=lambda table: sum(r.amount for r in table.data))

    class Meta:
        model = Item
        fields = ("name", "shelf", "amount", "unit", "low")


def sheet(request):
    table = ItemTable(Item.objects.select_related("shelf"), order_by=request.GET.get("sort", "name"))
    tables.RequestConfig(request, paginate={"per_page": 3}).configure(table)
    return render(request, "stock/sheet.html", {"table": table})

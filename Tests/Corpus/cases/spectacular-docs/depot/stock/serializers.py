from rest_framework import serializers

from .models import Item, Shelf


class ItemSerializer(serializers.ModelSerializer):
    shelf = serializers.SlugRelatedField(slug_field="code", queryset=Shelf.objects.all())

    class Meta:
        model = Item
        fields = ["id", "shelf", "name", "unit", "amount", "low"]
        read_only_fields = ["low"]


class HistorySerializer(serializers.ModelSerializer):
    class Meta:
        model = Item.history.model
        fields = ["name", "amount", "history_type"]

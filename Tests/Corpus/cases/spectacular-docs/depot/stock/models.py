from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Shelf(models.Model):
    code = models.SlugField(unique=True)


class Item(models.Model):
    class Unit(models.TextChoices):
        PIECE = "pc", _("Piece")
        KILO = "kg", _("Kilogram")

    shelf = models.ForeignKey(Shelf, models.PROTECT, related_name="items")
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=2, choices=Unit.choices, default=Unit.PIECE)
    amount = models.DecimalField(max_digits=9, decimal_places=2, validators=[MinValueValidator(0)])
    low = models.BooleanField(default=False)
    history = HistoricalRecords()

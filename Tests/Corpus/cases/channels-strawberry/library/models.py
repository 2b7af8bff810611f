from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Author(models.Model):
    name = models.CharField(max_length=80, help_text="As printed")
    born = models.DateField(null=True)


class Book(models.Model):
    class Genre(models.TextChoices):
        POETRY = "poetry", _("Poetry")
        PROSE = "prose", _("Prose")

    title = models.CharField(max_length=120)
    isbn = models.CharField(max_length=13, unique=True, validators=[RegexValidator(r"^\d{13}$")])
    genre = models.CharField(max_length=10, choices=Genre.choices, default=Genre.PROSE)
    author = models.ForeignKey(Author, models.CASCADE, related_name="books")
    copies = models.PositiveIntegerField(default=0)
    price = models.DecimalField(max_digits=6, decimal_places=2, default=0)

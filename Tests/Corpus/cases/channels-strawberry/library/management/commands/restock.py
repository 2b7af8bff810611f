from django.core.management.base import BaseCommand
from django.db.models import F

from library.models import Book


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("--copies", type=int, default=1)

    def handle(self, *args, copies, **options):
        Book.objects.update(copies=F("copies") + copies)

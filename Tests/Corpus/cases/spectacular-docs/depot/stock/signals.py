from django.db.models.signals import pre_save
from django.dispatch import receiver


@receiver(pre_save, sender="stock.Item")
def flag_low(sender, instance, **kwargs):
    instance.low = instance.amount < 5

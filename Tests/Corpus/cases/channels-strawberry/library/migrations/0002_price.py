from django.db import migrations, models


def nothing(apps, schema_editor):
    apps.get_model("library", "Book").objects.filter(price=0).update(price=1)


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [
        migrations.AddField("Book", "price", models.DecimalField(decimal_places=2, default=0, max_digits=6)),
        migrations.RunPython(nothing, migrations.RunPython.noop),
    ]

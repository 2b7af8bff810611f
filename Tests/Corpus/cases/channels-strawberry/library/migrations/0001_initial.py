import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel("Author", [
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(help_text="As printed", max_length=80)),
            ("born", models.DateField(null=True)),
        ]),
        migrations.CreateModel("Book", [
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("title", models.CharField(max_length=120)),
            ("isbn", models.CharField(max_length=13, unique=True, validators=[django.core.validators.RegexValidator("^\\d{13}$")])),
            ("genre", models.CharField(choices=[("poetry", "Poetry"), ("prose", "Prose")], default="prose", max_length=10)),
            ("copies", models.PositiveIntegerField(default=0)),
            ("author", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="books", to="library.author")),
        ]),
    ]

"""Django with django-ninja, import and export of tables in the admin, crispy forms and CORS headers."""

import django
from django.conf import settings
from django.core.management import call_command

settings.configure(
    SECRET_KEY="k" * 50, ALLOWED_HOSTS=["*"], ROOT_URLCONF="shop.urls", STATIC_URL="/static/", USE_TZ=True, DEBUG=False,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[
        "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
        "django.contrib.staticfiles", "corsheaders", "import_export", "crispy_forms", "crispy_bootstrap5", "ninja", "shop",
    ],
    MIDDLEWARE=[
        "corsheaders.middleware.CorsMiddleware", "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages"]}}],
    CRISPY_ALLOWED_TEMPLATE_PACKS="bootstrap5", CRISPY_TEMPLATE_PACK="bootstrap5", CORS_ALLOWED_ORIGINS=["https://shop.example"],
    IMPORT_EXPORT_USE_TRANSACTIONS=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

import tablib
from django.contrib.auth import get_user_model
from django.test import Client

from shop.admin import ProductResource
from shop.models import Product


def handler(event, context):
    call_command("migrate", run_syncdb=True, verbosity=0)
    ann = get_user_model().objects.create_superuser("ann", password="x")
    resource = ProductResource()
    first = resource.import_data(tablib.Dataset().load(event["csv"], format="csv"), raise_errors=True)
    again = resource.import_data(tablib.Dataset().load(event["csv"], format="csv"))
    wrong = resource.import_data(tablib.Dataset(["z", "many", 1], headers=["name", "price", "stock"]))
    client = Client(headers={"origin": "https://shop.example"})
    page = client.get("/api/products?cheaper=5&limit=1")
    first_id = Product.objects.get(name="ink").id
    take = [client.post(f"/api/products/{first_id}/take?count=2", headers={"authorization": f"Bearer {who}"}) for who in ("ann", "bob")]
    document = client.get("/api/openapi.json").json()
    form = client.get("/form").content.decode()
    client.force_login(ann)
    listed = client.get("/admin/shop/product/").content.decode()
    export = client.get("/admin/shop/product/export/").content.decode()
    upload = client.get("/admin/shop/product/import/", headers={"accept-language": "de"}).content.decode()
    return {
        "totals": [first.totals, again.totals], "wrong": str(wrong.row_errors()[0][1][0].error), "page": page.json(), "cors": page["access-control-allow-origin"],
        "take": [t.json() for t in take], "paths": sorted(document["paths"]), "docs": "swagger" in client.get("/api/docs").content.decode().lower(),
        "form": [form.count("is-invalid"), form.count("btn-primary"), form.count("col-md")], "admin": ["/admin/shop/product/import/" in listed, 'name="format"' in export, 'type="file"' in upload],
        "json": resource.export(Product.objects.order_by("name")).json, "html": resource.export().html[:30],
    }

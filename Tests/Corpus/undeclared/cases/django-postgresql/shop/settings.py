import os

SECRET_KEY = os.environ.get("SECRET_KEY", "for-development")
USE_TZ = True
INSTALLED_APPS = ["shop"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ.get("DB_HOST", "db.internal"),
        "NAME": "shop",
        "USER": "shop",
    }
}

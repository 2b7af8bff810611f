"""Django with allauth: sign-up, log-in, and the providers that only the settings name."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"


def handler(event, context):
    import django

    django.setup()
    from django.core import mail
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    browser = Client()
    form = browser.get("/accounts/login/")
    made = browser.post("/accounts/signup/", {
        "email": event["email"], "username": "ann", "password1": "gr33n-t3a-pot", "password2": "gr33n-t3a-pot"})
    sent = [mail.outbox[0].subject, event["email"] in mail.outbox[0].to] if getattr(mail, "outbox", None) else []
    browser.logout()
    back = browser.post("/accounts/login/", {"login": "ann", "password": "gr33n-t3a-pot"})
    wrong = Client().post("/accounts/login/", {"login": "ann", "password": "no"})
    social = browser.post("/accounts/github/login/")
    google = browser.get("/accounts/google/login/")
    from allauth.socialaccount.adapter import get_adapter
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.get()
    return {
        "form": [form.status_code, b"Shop: " in form.content, b"github" in form.content], "made": [made.status_code, made.get("Location")],
        "sent": sent, "back": [back.status_code, back.get("Location")], "wrong": wrong.status_code,
        "social": [social.status_code, social.get("Location", "").partition("?")[0]],
        "google": google.status_code, "german": "Passwort" in Client().get("/accounts/login/", HTTP_ACCEPT_LANGUAGE="de").content.decode(),
        "providers": sorted(p.id for p in get_adapter().list_providers(None)), "emails": list(user.emailaddress_set.values_list("verified", flat=True)),
    }

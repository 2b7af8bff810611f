from django.conf import settings

settings.configure(
    PASSWORD_HASHERS=[
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)

from django.contrib.auth.hashers import check_password, identify_hasher, make_password  # noqa: E402


def handler(event, context):
    encoded = make_password(event["password"])
    return {
        "algorithm": identify_hasher(encoded).algorithm,
        "same": check_password(event["password"], encoded),
        "other": check_password("guess", encoded),
    }

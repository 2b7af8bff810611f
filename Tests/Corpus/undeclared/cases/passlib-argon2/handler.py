from passlib.context import CryptContext

passwords = CryptContext(schemes=["argon2", "pbkdf2_sha256"], deprecated="auto")


def handler(event, context):
    hashed = passwords.hash(event["password"])
    return {
        "scheme": passwords.identify(hashed),
        "verified": passwords.verify(event["password"], hashed),
        "old": passwords.needs_update(event["stored"]),
    }

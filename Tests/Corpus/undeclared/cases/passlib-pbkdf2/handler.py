from passlib.hash import pbkdf2_sha256


def handler(event, context):
    hashed = pbkdf2_sha256.using(rounds=1000, salt=b"0123456789abcdef").hash(event["password"])
    return {"hash": hashed, "verified": pbkdf2_sha256.verify(event["password"], hashed)}

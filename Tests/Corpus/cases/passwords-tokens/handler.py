"""Password hashes whose implementations are loaded by name, tokens, sealed boxes."""

from argon2 import PasswordHasher
from authlib.jose import JsonWebKey, jwt
from itsdangerous import BadSignature, URLSafeTimedSerializer
from nacl.public import PrivateKey, SealedBox
from nacl.signing import SigningKey
from passlib.apps import custom_app_context
from passlib.context import CryptContext
from passlib.registry import get_crypt_handler


def handler(event, context):
    password = event["password"]
    names = ["pbkdf2_sha256", "sha512_crypt", "scrypt", "ldap_salted_sha1"]
    contexts = CryptContext(names, deprecated="auto", pbkdf2_sha256__rounds=1000)
    old = get_crypt_handler("sha512_crypt").using(rounds=1000, salt="salt").hash(password)
    argon = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    key = JsonWebKey.generate_key("EC", "P-256", is_private=True)
    token = jwt.encode({"alg": "ES256"}, {"sub": "42"}, key)
    signer = URLSafeTimedSerializer("secret")
    try:
        signer.loads(signer.dumps([1]) + "x")
    except BadSignature as error:
        bad = type(error).__name__
    box = PrivateKey.generate()
    signed = SigningKey(bytes(32)).sign(b"tea")
    return {
        "old": old, "verified": contexts.verify(password, old), "update": contexts.needs_update(old),
        "new": contexts.hash(password).split("$")[1], "argon": argon.verify(argon.hash(password), password),
        "application": sorted(custom_app_context.schemes())[0], "claims": dict(jwt.decode(token, key)), "bad": bad,
        "opened": SealedBox(box).decrypt(SealedBox(box.public_key).encrypt(b"tea")).decode(),
        "signature": signed.signature.hex()[:16],
    }

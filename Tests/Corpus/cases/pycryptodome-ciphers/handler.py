"""PyCryptodome opens its extension modules by path, through cffi or ctypes."""

from Crypto.Cipher import AES, PKCS1_OAEP, ChaCha20_Poly1305
from Crypto.Hash import SHA3_256, SHA256
from Crypto.Protocol.KDF import scrypt
from Crypto.PublicKey import ECC, RSA
from Crypto.Signature import eddsa, pkcs1_15
from Crypto.Util import number


def handler(event, context):
    text = event["text"].encode()
    key = scrypt("password", "salt", 32, N=2**10, r=8, p=1)
    sealed, tag = AES.new(key, AES.MODE_GCM, nonce=bytes(12)).encrypt_and_digest(text)
    rsa = RSA.generate(1024)
    signature = pkcs1_15.new(rsa).sign(SHA256.new(text))
    pkcs1_15.new(rsa.public_key()).verify(SHA256.new(text), signature)
    ed = ECC.construct(curve="Ed25519", seed=bytes(32))
    return {
        "key": key.hex()[:16], "sealed": sealed.hex(), "tag": tag.hex(), "sha3": SHA3_256.new(text).hexdigest()[:16],
        "oaep": PKCS1_OAEP.new(rsa).decrypt(PKCS1_OAEP.new(rsa).encrypt(text)).decode(),
        "chacha": ChaCha20_Poly1305.new(key=key, nonce=bytes(12)).encrypt(text).hex(),
        "ed25519": eddsa.new(ed, "rfc8032").sign(text).hex()[:16], "prime": number.isPrime(65537) == 1,
    }

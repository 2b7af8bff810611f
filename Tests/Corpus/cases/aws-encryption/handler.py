"""Envelope encryption with keyrings and master keys, and secrets that are fetched once."""

import io
import json

import aws_encryption_sdk as esdk
import boto3
from aws_cryptographic_material_providers.mpl import AwsCryptographicMaterialProviders
from aws_cryptographic_material_providers.mpl.config import MaterialProvidersConfig
from aws_cryptographic_material_providers.mpl.models import (
    AesWrappingAlg, CreateDefaultCryptographicMaterialsManagerInput, CreateMultiKeyringInput, CreateRawAesKeyringInput,
    CreateRawRsaKeyringInput, CreateRequiredEncryptionContextCMMInput, PaddingScheme)
from aws_encryption_sdk.exceptions import AWSEncryptionSDKClientError
from aws_encryption_sdk.identifiers import AlgorithmSuite, CommitmentPolicy, EncryptionKeyType, WrappingAlgorithm
from aws_encryption_sdk.internal.crypto import WrappingKey
from aws_encryption_sdk.key_providers.raw import RawMasterKeyProvider
from aws_secretsmanager_caching import InjectKeywordedSecretString, SecretCache, SecretCacheConfig
from botocore.stub import Stubber
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


class Master(RawMasterKeyProvider):
    provider_id = "shop"

    def _get_raw_key(self, key_id):
        return WrappingKey(WrappingAlgorithm.AES_256_GCM_IV12_TAG16_NO_PADDING, bytes(32), EncryptionKeyType.SYMMETRIC)


def aes_input(key):
    return CreateRawAesKeyringInput(key_namespace="shop", key_name="k1", wrapping_key=key, wrapping_alg=AesWrappingAlg.ALG_AES256_GCM_IV12_TAG16)


def handler(event, context):
    text = event["text"].encode()
    client = esdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)
    providers = AwsCryptographicMaterialProviders(config=MaterialProvidersConfig())
    aes = providers.create_raw_aes_keyring(aes_input(bytes(range(32))))
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    pair = providers.create_raw_rsa_keyring(CreateRawRsaKeyringInput(key_namespace="shop", key_name="k2", padding_scheme=PaddingScheme.OAEP_SHA256_MGF1, public_key=public))
    both = providers.create_multi_keyring(CreateMultiKeyringInput(generator=aes, child_keyrings=[pair]))
    sealed, header = client.encrypt(source=text, keyring=both, encryption_context=event["context"])
    opened, _ = client.decrypt(source=sealed, keyring=aes, encryption_context=event["context"])
    default = providers.create_default_cryptographic_materials_manager(CreateDefaultCryptographicMaterialsManagerInput(keyring=aes))
    strict = providers.create_required_encryption_context_cmm(CreateRequiredEncryptionContextCMMInput(required_encryption_context_keys=["shop"], underlying_cmm=default))
    hidden, _ = client.encrypt(source=text, materials_manager=strict, encryption_context=event["context"], algorithm=AlgorithmSuite.AES_256_GCM_HKDF_SHA512_COMMIT_KEY)
    other = providers.create_raw_aes_keyring(aes_input(bytes(32)))
    try:
        client.decrypt(source=sealed, keyring=other)
        refused = None
    except AWSEncryptionSDKClientError as error:
        refused = type(error).__name__
    master = Master()
    master.add_master_key("m1")
    manager = esdk.CachingCryptoMaterialsManager(master_key_provider=master, cache=esdk.LocalCryptoMaterialsCache(5), max_age=60.0, max_messages_encrypted=9)
    stream = b"".join(client.stream(mode="e", source=io.BytesIO(text * 400), materials_manager=manager, frame_length=1024))
    with client.stream(mode="d", source=io.BytesIO(stream), key_provider=master) as decrypted:
        frames = decrypted.read() == text * 400
    old = esdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT).encrypt(source=text, key_provider=master)[0]
    try:
        client.decrypt(source=old, key_provider=master)
        committed = True
    except AWSEncryptionSDKClientError as error:
        committed = type(error).__name__
    secrets = boto3.client("secretsmanager", region_name="eu-central-1", aws_access_key_id="a", aws_secret_access_key="b")
    stub = Stubber(secrets)
    stub.add_response("describe_secret", {"ARN": "arn:aws:secretsmanager:eu-central-1:1:secret:db", "Name": "db", "VersionIdsToStages": {"v" * 32: ["AWSCURRENT"]}})
    stub.add_response("get_secret_value", {"Name": "db", "VersionId": "v" * 32, "SecretString": json.dumps({"user": "eve", "word": "x"})})
    stub.activate()
    cache = SecretCache(config=SecretCacheConfig(max_cache_size=2), client=secrets)
    login = InjectKeywordedSecretString(secret_id="db", cache=cache, user="user", word="word")(lambda user, word: [user, word])
    return {
        "opened": opened.decode(), "keys": len(header.encrypted_data_keys), "suite": header.algorithm.name, "hidden": len(sealed) > len(hidden), "refused": refused, "frames": frames,
        "provider": [k.key_provider.provider_id for k in header.encrypted_data_keys], "committed": committed, "login": login(), "again": json.loads(cache.get_secret_string("db"))["user"],
    }

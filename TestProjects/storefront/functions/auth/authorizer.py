"""In front of every request: is this token ours, and what may it do?"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_key = load_pem_public_key((Path(__file__).parent / "keys" / "public.pem").read_bytes())


def authorize(event: dict, context: LambdaContext) -> dict:
    payload = _verified(event["authorizationToken"].removeprefix("Bearer "))
    return {
        "principalId": payload["sub"] if payload else "nobody",
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Action": "execute-api:Invoke",
                    "Effect": "Allow" if payload else "Deny",
                    "Resource": event["methodArn"],
                }
            ],
        },
    }


def _verified(token: str) -> dict | None:
    """What an Ed25519-signed JSON Web Token says, if we signed it."""
    signed, _, signature = token.rpartition(".")
    try:
        _key.verify(_decoded(signature), signed.encode())
    except InvalidSignature:
        return None
    return json.loads(_decoded(signed.partition(".")[2]))


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

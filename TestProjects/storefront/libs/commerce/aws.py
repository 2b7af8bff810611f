"""Clients for AWS; on a laptop, clients that answer from `commerce/recordings`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .settings import settings

if TYPE_CHECKING:
    from botocore.client import BaseClient


@cache
def client(service: str) -> BaseClient:
    """boto3 takes long to import, so nobody pays for it before the first call."""
    import boto3

    if not settings.is_local:
        return boto3.client(service, region_name=settings.region)

    from .replay import replay

    session = boto3.Session(
        aws_access_key_id="local", aws_secret_access_key="local", region_name=settings.region
    )
    return replay(session.client(service))

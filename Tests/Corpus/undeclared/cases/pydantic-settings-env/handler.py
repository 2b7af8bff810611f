import os

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SHOP_", env_nested_delimiter="__")
    region: str = "eu-central-1"
    retries: int = 3
    tags: list[str] = []


def handler(event, context):
    os.environ.update(event["environment"])
    return Settings().model_dump()

from pathlib import Path

from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict, YamlConfigSettingsSource


class Queue(BaseModel):
    name: str
    retries: int = 3


class Settings(BaseSettings):
    model_config = SettingsConfigDict(yaml_file=Path(__file__).with_name("settings.yaml"))
    queue: Queue
    region: str

    @classmethod
    def settings_customise_sources(cls, settings_cls, init_settings, **others):
        return init_settings, YamlConfigSettingsSource(settings_cls)


settings = Settings()


def handler(event, context):
    return settings.model_dump()

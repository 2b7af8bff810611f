"""Settings from files and the environment, in five libraries."""

import os
from pathlib import Path

from decouple import Config, RepositoryEnv
from dynaconf import Dynaconf
from environs import Env
from omegaconf import OmegaConf
from pydantic_settings import BaseSettings, SettingsConfigDict

here = Path(__file__).parent / "conf"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SHOP_", env_file=here / "shop.env", extra="ignore")
    name: str
    level: int = 3


def handler(event, context):
    os.environ["SHOP_LEVEL"] = str(event["level"])
    dyna = Dynaconf(settings_files=[str(here / "settings.toml")], envvar_prefix="SHOP")
    merged = OmegaConf.merge({"a": 1, "b": "${a}"}, OmegaConf.from_dotlist(["c.d=2"]))
    env = Env()
    env.read_env(str(here / "shop.env"), override=False)
    loaded = OmegaConf.to_container(OmegaConf.load(here / "config.yaml"), resolve=True)
    return {"loaded": loaded, "dynaconf": [dyna.title, dyna.level], "merged": OmegaConf.to_container(merged, resolve=True),
            "pydantic": Settings().model_dump(), "decouple": Config(RepositoryEnv(str(here / "shop.env")))("SHOP_NAME"), "environs": env.list("SHOP_LIST")}

"""Settings from the environment; without any, the shop runs on a laptop and reaches nobody."""

import os
import sys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from importlib.resources import files

_defaults = tomllib.loads(files(__package__).joinpath("data/defaults.toml").read_text())


def _setting(name: str) -> str:
    return os.environ.get(f"SHOP_{name.upper()}", _defaults[name])


class settings:
    stage = _setting("stage")
    region = _setting("region")
    database_url = _setting("database_url")
    order_queue = _setting("order_queue")
    image_bucket = _setting("image_bucket")
    is_local = stage == "local"

"""A small composer on OmegaConf: `defaults` lists groups, `_target_` names what to call."""

from importlib import import_module
from pathlib import Path

from omegaconf import OmegaConf

CONF = Path(__file__).resolve().parent / "conf"


def compose(name, overrides):
    chosen = {}
    rest = []
    for override in overrides:
        key, _, value = override.partition("=")
        if (CONF / key).is_dir():
            chosen[key] = value
        else:
            rest.append(override)
    main = OmegaConf.load(CONF / f"{name}.yaml")
    layers = []
    for entry in main.pop("defaults"):
        if isinstance(entry, str):
            layers.append(OmegaConf.load(CONF / f"{entry}.yaml"))
        else:
            for group, option in entry.items():
                layers.append(OmegaConf.create({group: OmegaConf.load(CONF / group / f"{chosen.get(group, option)}.yaml")}))
    config = OmegaConf.merge(*layers, main, OmegaConf.from_dotlist(rest))
    OmegaConf.set_readonly(config, True)
    return config


def target(config):
    module, _, name = config["_target_"].rpartition(".")
    options = {k: v for k, v in OmegaConf.to_container(config, resolve=True).items() if k != "_target_"}
    return getattr(import_module(module), name), options


def call(config, **more):
    found, options = target(config)
    return found(**options, **more)

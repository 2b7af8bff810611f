"""Simulates deliveries on the depot network; OmegaConf composes the run from the conf folder."""

import math
import random
from functools import partial
from importlib.resources import files

from compose import call, compose, target
from omegaconf import OmegaConf

OmegaConf.register_resolver("minutes", lambda hours: int(float(hours) * 60), replace=True)


def rounded(value):
    if isinstance(value, float):
        return None if math.isinf(value) else round(value, 4)
    if isinstance(value, dict):
        return {str(k): rounded(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(v) for v in value]
    return value


def handler(event, context):
    answers = {}
    for name, overrides in event["runs"].items():
        config = compose("main", overrides)
        random.seed(config.seed)
        network = call(config.network)
        policy = call(config.policy, network=network)
        flow, options = target(config.demand)
        answers[name] = rounded({
            "report": call(config.run, network=network, policy=policy, demand=partial(flow, **options)),
            "policy": OmegaConf.to_container(config.policy, resolve=True),
            "network": network.facts(),
            "missing": sorted(OmegaConf.missing_keys(config)),
        })
    answers["routes"] = files("simulation").joinpath("roads.csv").read_text().count("\n")
    return answers

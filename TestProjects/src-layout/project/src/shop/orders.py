from importlib.resources import files

from tea import leaf

from .prices import of


def handler(event, context):
    return [of(leaf.WEIGHT), files("shop").joinpath("rates.json").read_text()]

from dataclasses import dataclass


@dataclass
class Limits:
    """What a model has to reach.

    Args:
        least: the lowest score that passes
        digits: how scores are rounded
    """

    least: float = 0.8
    digits: int = 3

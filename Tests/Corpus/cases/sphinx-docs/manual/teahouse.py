"""Price of tea."""


def price(n):
    """What it costs.

    Args:
        n: how many
    """

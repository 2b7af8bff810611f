from tea import leaf

import prices


def handler(event, context):
    return prices.of(leaf.WEIGHT)

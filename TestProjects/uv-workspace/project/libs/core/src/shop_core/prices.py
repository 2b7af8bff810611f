from tea import leaf


def of(count):
    return count * leaf.WEIGHT

def scale(factor):
    return factor

def of(weight):
    return 3 * weight

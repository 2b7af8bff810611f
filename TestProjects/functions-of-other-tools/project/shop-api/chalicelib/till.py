def close(amount):
    return 3 * amount

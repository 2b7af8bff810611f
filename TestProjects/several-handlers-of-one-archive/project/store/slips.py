def write(amount):
    return {"slip": amount}

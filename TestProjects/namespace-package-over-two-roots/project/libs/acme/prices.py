def price(event):
    return 1

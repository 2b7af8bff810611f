def total(event):
    return sum(event["cents"])

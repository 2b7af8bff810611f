def rate(event):
    return 2

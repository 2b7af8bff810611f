def total(event):
    return sum(event.get("prices", []))

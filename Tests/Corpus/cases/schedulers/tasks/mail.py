def deliver(to):
    return f"delivered to {to}"

orders = {}

PRICES = {"pen": 250}

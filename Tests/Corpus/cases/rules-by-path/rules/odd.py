def check(amount, limits): return amount % 2

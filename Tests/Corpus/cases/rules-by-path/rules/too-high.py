from rulekit.compare import above
def check(amount, limits): return above(amount, limits["high"])

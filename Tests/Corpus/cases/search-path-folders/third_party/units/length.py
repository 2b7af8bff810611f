def metres(x): return x * 0.3048

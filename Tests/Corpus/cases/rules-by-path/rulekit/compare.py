def above(a, b): return a > b

def twice(n): return 2 * n
def square(n): return n * n

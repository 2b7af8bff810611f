from shop.numbers import square
def work(n): return square(n)

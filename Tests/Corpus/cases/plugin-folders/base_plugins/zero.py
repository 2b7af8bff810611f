def work(n): return 0

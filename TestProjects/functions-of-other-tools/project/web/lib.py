LIB = 1

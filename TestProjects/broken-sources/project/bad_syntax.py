import before_error

def f(:
    pass

import after_error

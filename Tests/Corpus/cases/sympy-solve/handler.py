"""Algebra, printed in four ways and turned into a function."""

from sympy import Matrix, diff, integrate, lambdify, latex, limit, oo, series, simplify, sin, solve, symbols
from sympy.parsing.sympy_parser import parse_expr
from sympy.printing import ccode, pycode
from sympy.stats import E, Die


def handler(event, context):
    x = symbols("x")
    expression = parse_expr(event["expression"])
    return {
        "roots": [str(r) for r in solve(expression, x)], "derivative": str(diff(expression * sin(x), x)),
        "integral": latex(integrate(expression, x)), "limit": str(limit(sin(x) / x, x, 0)),
        "series": str(series(sin(x), x, 0, 6)), "c": ccode(x**3), "python": pycode(sin(x) ** 2),
        "inverse": str(Matrix([[1, 2], [3, 4]]).inv()), "value": lambdify(x, expression, "math")(3),
        "simple": str(simplify(sin(x) ** 2 + (1 - sin(x) ** 2))), "mean": str(E(Die("d", 6))),
        "sum": str(integrate(1 / x**2, (x, 1, oo))),
    }

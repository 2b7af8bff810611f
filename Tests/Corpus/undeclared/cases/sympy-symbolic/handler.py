import sympy as sp


def handler(event, context):
    x = sp.Symbol("x", real=True)
    f = sp.sympify(event["f"], locals={"x": x})
    return {
        "derivative": str(sp.diff(f, x)),
        "roots": sorted(str(root) for root in sp.solve(f, x)),
        "area": str(sp.integrate(f, (x, 0, 1))),
        "latex": sp.latex(sp.factor(f)),
    }

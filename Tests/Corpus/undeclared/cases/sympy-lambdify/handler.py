import sympy

x, y = sympy.symbols("x y")


def handler(event, context):
    formula = sympy.sympify(event["formula"])
    function = sympy.lambdify((x, y), formula, modules="numpy")
    return {"value": round(float(function(event["x"], event["y"])), 6), "symbols": len(formula.free_symbols)}

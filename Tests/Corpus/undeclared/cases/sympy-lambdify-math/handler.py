import sympy

t = sympy.symbols("t")
COOLING = sympy.exp(-t / 10) * 60 + 20


def handler(event, context):
    temperature = sympy.lambdify(t, COOLING, modules="math")
    return [round(temperature(minute), 3) for minute in event["minutes"]]

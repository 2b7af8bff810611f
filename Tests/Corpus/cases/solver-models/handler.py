"""Planning: a mix by PuLP, a plan over several days and a disjunction by Pyomo, all solved by HiGHS."""

import io
import tempfile
from pathlib import Path

import highspy
import numpy as np
import pulp
import pyomo.environ as pyo
from pyomo.contrib.appsi.solvers import Highs
from pyomo.core.expr.visitor import identify_variables
from pyomo.gdp import Disjunct, Disjunction
from pyomo.repn import generate_standard_repn
from pyomo.util.infeasible import log_infeasible_constraints


def mix(event):
    problem = pulp.LpProblem("mix", pulp.LpMaximize)
    amount = {name: problem.add_variable(name, 0, item["most"], pulp.LpInteger) for name, item in event["items"].items()}
    problem += pulp.lpSum(event["items"][n]["gain"] * v for n, v in amount.items()), "gain"
    problem += pulp.lpSum(event["items"][n]["hours"] * v for n, v in amount.items()) <= event["hours"], "hours"
    stats = problem.solve(pulp.HiGHS(msg=False))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mix.lp"
        problem.writeLP(str(path))
        text = path.read_text()
    return {"status": stats.status_str, "amount": {n: round(v.value()) for n, v in amount.items()}, "gain": pulp.value(problem.objective), "text": "Maximize" in text}


def plan(event):
    model = pyo.ConcreteModel()
    model.days = pyo.RangeSet(len(event["demand"]))
    model.demand = pyo.Param(model.days, initialize=dict(enumerate(event["demand"], 1)))
    model.made = pyo.Var(model.days, bounds=(0, 10))
    model.stock = pyo.Var(model.days, domain=pyo.NonNegativeReals)
    model.on = pyo.Var(model.days, domain=pyo.Binary)

    @model.Constraint(model.days)
    def balance(m, day):
        return m.stock[day] == (m.stock[day - 1] if day > 1 else 0) + m.made[day] - m.demand[day]

    model.runs = pyo.Constraint(model.days, rule=lambda m, day: m.made[day] <= 10 * m.on[day])
    model.cost = pyo.Objective(expr=sum(2 * model.made[d] + model.stock[d] + 15 * model.on[d] for d in model.days))
    solver = pyo.SolverFactory("appsi_highs")
    result = solver.solve(model)
    shown = io.StringIO()
    model.display(ostream=shown)
    relaxed = pyo.TransformationFactory("core.relax_integer_vars").create_using(model)
    Highs().solve(relaxed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan"
        sizes = [len(Path(model.write(f"{path}.{kind}", io_options={"symbolic_solver_labels": True})[0]).read_text()) > 100 for kind in ("lp", "nl", "mps")]
    return {"status": str(result.solver.termination_condition), "cost": round(pyo.value(model.cost), 3), "on": [round(pyo.value(model.on[d])) for d in model.days], "shown": "balance" in shown.getvalue(),
            "relaxed": round(pyo.value(relaxed.cost), 3), "files": sizes, "linear": generate_standard_repn(model.cost.expr).is_linear(), "vars": len(list(identify_variables(model.cost.expr)))}


def either(event):
    model = pyo.ConcreteModel()
    model.x, model.left, model.right = pyo.Var(bounds=(0, 10)), Disjunct(), Disjunct()
    model.left.low, model.right.high = pyo.Constraint(expr=model.x <= 2), pyo.Constraint(expr=model.x >= 7)
    model.choice = Disjunction(expr=[model.left, model.right])
    model.far = pyo.Objective(expr=model.x - 3, sense=pyo.maximize)
    found = {}
    for name in ("gdp.bigm", "gdp.hull"):
        copy = pyo.TransformationFactory(name).create_using(model)
        pyo.SolverFactory("highs").solve(copy)
        found[name] = round(pyo.value(copy.far), 3)
    log_infeasible_constraints(model)
    return found | {"ipopt": pyo.SolverFactory("ipopt").available(exception_flag=False), "solvers": "cbc" in pyo.SolverFactory}


def direct():
    solver = highspy.Highs()
    solver.silent()
    x, y = solver.addVariable(lb=0, ub=4), solver.addIntegral(lb=0)
    solver.addConstr(x + 2 * y <= 7.5)
    solver.maximize(3 * x + 5 * y)
    return {"values": [round(v, 3) for v in solver.vals([x, y])], "gain": round(solver.getObjectiveValue(), 3), "status": solver.modelStatusToString(solver.getModelStatus())}


def handler(event, context):
    return {"mix": mix(event), "plan": plan(event), "either": either(event), "direct": direct(), "mean": float(np.mean(event["demand"]))}

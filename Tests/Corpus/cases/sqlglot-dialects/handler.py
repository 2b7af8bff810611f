"""SQL from one dialect to others; each dialect is a module loaded by name."""

import sqlglot
import sqlparse
from sqlglot import exp, optimizer
from sqlglot.errors import ParseError
from sqlglot.executor import execute


def handler(event, context):
    out = {d: sqlglot.transpile(event["sql"], read="mysql", write=d)[0] for d in event["dialects"]}
    tree = sqlglot.parse_one("select a.x from t as a join u on a.id = u.id")
    try:
        sqlglot.parse_one("select from where")
    except ParseError as error:
        wrong = error.errors[0]["line"]
    optimised = optimizer.optimize("select x from (select * from t)", schema={"t": {"x": "int", "y": "int"}})
    rows = execute("select n, sum(p) s from t group by n order by n", tables={"t": [{"n": "a", "p": 1}, {"n": "a", "p": 2}]})
    return {"out": out, "tables": sorted(t.name for t in tree.find_all(exp.Table)), "wrong": wrong,
            "optimised": optimised.sql(), "rows": [list(r) for r in rows.rows],
            "formatted": sqlparse.format("select a,b from t", reindent=True, keyword_case="upper")}

from functools import partial
from tasks.steps import compile_, link

RAN = []

def task_compile():
    for name in ("a", "b"):
        yield {"name": name, "actions": [partial(compile_, RAN, name)]}

def task_link():
    return {"actions": [(link, [RAN])], "task_dep": ["compile"]}

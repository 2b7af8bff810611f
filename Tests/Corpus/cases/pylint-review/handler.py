"""Reviews submitted Python modules: pylint with our own checkers, bandit, and radon's metrics."""

import importlib
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONFIG = tomllib.loads((HERE / "rules" / "review.toml").read_text())


def handler(event, context):
    report = {}
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, source in event["files"].items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source)
            paths.append(path)
        for step in CONFIG["steps"]:
            module, function = step["run"].split(":")
            run = getattr(importlib.import_module(module), function)
            options = {k: v for k, v in step.items() if k not in {"run", "name"}}
            report[step["name"]] = run(Path(folder), sorted(paths), HERE / "rules", **options)
    worst = [m for m in report["lint"]["messages"] if m[2][0] in "EF"]
    report["verdict"] = "reject" if worst or report["security"]["high"] else "accept"
    return report

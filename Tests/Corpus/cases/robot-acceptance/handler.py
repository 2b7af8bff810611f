"""Runs the acceptance suites after a deployment: Robot Framework, then behave."""

import contextlib
import io
import json
import os
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

HERE = Path(__file__).resolve().parent


def robot_run(options, out):
    import robot
    from robot.api import ExecutionResult, ResultVisitor

    log = io.StringIO()
    code = robot.run(
        str(HERE / "suites"), outputdir=str(out), stdout=log, stderr=log, loglevel="DEBUG", name="Shop",
        variablefile=[str(HERE / "variables" / "common.json")], variable=[f"STAGE:{options['stage']}"],
        exclude=options["exclude"], pythonpath=[str(HERE)], xunit="x.xml", listener="listeners.Counter", tagstatcombine="acceptanceANDstock:both",
    )
    result = ExecutionResult(str(out / "output.xml"))
    tests = {}

    class Collect(ResultVisitor):
        def visit_test(self, test):
            tests[test.full_name] = [test.status, test.message[:90], sorted(test.tags)]

    result.visit(Collect())
    html = (out / "log.html").read_text()
    return {
        "code": code, "tests": tests, "totals": result.statistics.total.message,
        "tags": {t.name: [t.passed, t.failed, t.skipped] for t in result.statistics.tags},
        "files": sorted(p.name for p in out.iterdir()), "log": "jQuery" in html and "Shop" in html,
        "xunit": ET.parse(out / "x.xml").getroot().attrib["failures"],
        "console": [line for line in log.getvalue().splitlines() if line.startswith(("Shop", "Receipt", "["))][:8],
    }


def libdoc(name):
    from robot.libdoc import libdoc as make

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "doc.json"
        with contextlib.redirect_stdout(io.StringIO()):
            make(name, str(target), format="JSON")
        said = json.loads(target.read_text())
        with contextlib.redirect_stdout(io.StringIO()):
            make(name, str(target.with_suffix(".html")), format="HTML")
        styled = "<style" in target.with_suffix(".html").read_text()
    return {"version": said["version"], "keywords": [k["name"] for k in said["keywords"]][:6], "styled": styled}


def behave_run(stage, out):
    from behave.configuration import Configuration
    from behave.runner import Runner

    target = out / "behave.json"
    arguments = ["--format", "json", "--outfile", str(target), "--no-summary", "--no-capture", "-D", f"stage={stage}", "--junit", "--junit-directory", str(out / "junit")]
    config = Configuration([*arguments, str(HERE / "features")], load_config=False)
    with contextlib.redirect_stdout(io.StringIO()):
        failed = Runner(config).run()
    features = json.loads(target.read_text())
    scenarios = [[s["name"], s["status"], [step.get("result", {}).get("status") for step in s["steps"]]] for f in features for s in f["elements"] if s["type"] != "background"]
    return {"failed": failed, "name": features[0]["name"], "scenarios": scenarios, "junit": sorted(p.name for p in (out / "junit").iterdir())}


def handler(event, context):
    os.environ.setdefault("COLUMNS", "80")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        return {
            "robot": robot_run(event["robot"], out / "robot"),
            "libdoc": {name: libdoc(name) for name in event["libdoc"]},
            "behave": behave_run(event["robot"]["stage"], out),
        }

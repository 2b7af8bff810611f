"""A canary that runs a test suite with pytest inside the function, and reports what failed."""

import io
import os
import re
import sys
import xml.etree.ElementTree as ElementTree
from contextlib import redirect_stdout
from pathlib import Path

import pytest

HERE = Path(__file__).parent


class Collector:
    def __init__(self):
        self.outcomes = {}

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.outcome == "skipped":
            self.outcomes[report.nodeid.rpartition("/")[2]] = report.outcome

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items):
        items.sort(key=lambda item: item.name)


def handler(event, context):
    os.environ["SHOP_URL"] = event["url"]
    sys.dont_write_bytecode = True
    collector, shown, junit = Collector(), io.StringIO(), Path(os.environ.get("TMPDIR", "/tmp"), "junit.xml")
    options = ["-p", "no:cacheprovider", "-o", "asyncio_mode=auto", "-o", "asyncio_default_fixture_loop_scope=function", f"--junitxml={junit}", "-rA", "--color=no", f"--rootdir={HERE / 'checks'}"]
    with redirect_stdout(shown):
        code = pytest.main([str(HERE / "checks"), *options, "-k", event["select"]], plugins=[collector])
    suite = ElementTree.parse(junit).getroot().find("testsuite")
    text = shown.getvalue()
    return {
        "code": int(code), "outcomes": collector.outcomes, "junit": {k: suite.get(k) for k in ("tests", "failures", "skipped", "errors")},
        "plugins": sorted(p.split("-")[0] for line in re.findall(r"^plugins: (.*)$", text, re.M) for p in line.split(", ")),
        "asserted": [line.strip() for line in text.splitlines() if line.startswith("E  ")][:6], "snapshots": re.findall(r"\d+ snapshots? \w+", text),
        "summary": sorted(line.split(" - ")[0].split("checks/")[-1] for line in text.splitlines() if re.match(r"(PASSED|FAILED|XFAIL|SKIPPED) ", line)),
    }

#!/usr/bin/env python3
"""Packages all cases as one project over one environment, and judges both errors.

A distribution that is installed and that nothing of a function declares can be treated wrongly in two
ways: it is used and left out, or it is not used and shipped. What is used, and what is not, stands in
each case's `truth.json`, where `measure.py` wrote it down. Each archive is called in an isolated
interpreter that sees the unpacked archive and the standard library, and nothing else.

    swift build -c release
    Tests/Corpus/undeclared/judge.py --pare .build/release/pare                  # all cases
    Tests/Corpus/undeclared/judge.py --pare .build/release/pare --no-calls       # sizes alone, no archives
    Tests/Corpus/undeclared/judge.py --pare … --only pandas-read-csv --keep /tmp/out

The rates, over pairs of a case and a distribution, and over cases:

- silent: used, not in the archive, and nothing in the report says so. None may be.
- told: used, not in the archive, and among the function's `leftOut`. 3 % may be, apart from cases that
  are marked as `"visible": false`: what those use only the call knows.
- shipped: not used, and in the archive. 5 % may be.

A case that does not answer as expected although everything that it uses is in its archive, or told,
fails for another reason, which is printed. The exit status is 1 if a rate is above its bound, or if a
case fails for another reason.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from environment import Environment, declared, normalised, truth
from measure import NOT_SHIPPED, CaseFailure, called, chosen, installed, parser

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from run import unpack  # noqa: E402

BOUNDS = {"silent": 0, "told": 0.03, "shipped": 0.05}


@dataclass
class Verdict:
    """One case: what its call answered, and which distributions were treated wrongly."""

    case: str
    visible: bool
    uses: list
    must_not: list
    silent: list
    told: list
    shipped: list
    # Neither declared nor used, nor in `must_not`: what came along with what was shipped.
    besides: list
    # Bytes of the archive's files, and of those of them that are `shipped` or `besides`.
    unzipped: int
    needless: int
    # None without calls.
    passed: bool | None = None
    note: str = ""
    # Failed, although nothing that it uses is missing.
    other: bool = False


def main():
    options = arguments()
    environment = Environment(installed(options))
    cases = chosen(options)
    if unmeasured := [case.name for case in cases if "uses" not in truth(case)]:
        sys.exit(f"not measured: {', '.join(unmeasured)}: run measure.py --record with --only")
    with tempfile.TemporaryDirectory(prefix="pare-judge-", dir=environment.root.parent) as temporary:
        work = options.keep.absolute() if options.keep else Path(temporary)
        report = packaged(cases, work, environment, options)
        functions = {function["name"]: function for function in report["functions"]}
        verdicts = []
        for case in cases:
            verdict = verdict_on(case, functions[case.name], environment)
            if options.calls:
                call(case, verdict, work, options)
            verdicts.append(verdict)
            print(line(verdict), flush=True)
    text, within = summary(verdicts)
    print(text)
    if options.json:
        rows = [vars(verdict) for verdict in verdicts]
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    return 0 if within else 1


def arguments():
    made = parser(__doc__)
    made.add_argument("--pare", type=Path, required=True, help="the built program")
    made.add_argument("--no-calls", dest="calls", action="store_false", help="write no archives")
    made.add_argument("--keep", type=Path, metavar="DIR", help="keep the project and archives here")
    made.add_argument("--json", type=Path, metavar="FILE", help="write the verdicts to this file, too")
    return made.parse_args()


def packaged(cases, work, environment, options):
    """The report on one project of all cases; its archives stand in `dist`."""
    project = work / "project"
    shutil.rmtree(project, ignore_errors=True)
    lines = ['runtime = "python3.12"', 'provider = "generic"', f'environment = "{environment.root}"']
    for case in cases:
        shutil.copytree(
            case, project / "functions" / case.name, ignore=lambda _, names: NOT_SHIPPED & set(names))
        lines += [
            "", f"[functions.{case.name}]", f'handler = "functions/{case.name}/handler.py:handler"']
    (project / "pare.toml").write_text("\n".join(lines) + "\n")
    command = [options.pare.resolve(), "package", "--project", project, "--format", "json"]
    command += [] if options.calls else ["--dry-run"]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        return json.loads(done.stdout)
    except ValueError:
        sys.exit(f"pare exits with {done.returncode}: {done.stderr[-2000:]}")


def verdict_on(case, function, environment):
    said = truth(case)
    inside = {normalised(d["name"]) for d in function["distributions"] if d["unzipped"]}
    told = {normalised(each["name"]) for each in function.get("leftOut") or []}
    missing = [name for name in said["uses"] if name not in inside]
    if told & set(missing):
        # Nobody can be told of what only a distribution would import that is left out itself.
        told |= environment.imported_from(told & set(missing))
    neutral = declared(case, environment) | environment.closure(said["uses"])
    needless = [d for d in function["distributions"] if normalised(d["name"]) not in neutral]
    return Verdict(
        case.name, said.get("visible", True), said["uses"], said["must_not"],
        silent=[name for name in missing if name not in told],
        told=[name for name in missing if name in told],
        shipped=[name for name in said["must_not"] if name in inside],
        besides=sorted(inside - neutral - set(said["must_not"])), unzipped=function["unzipped"],
        needless=sum(d["unzipped"] for d in needless))


def call(case, verdict, work, options):
    root = work / "unpacked" / case.name
    shutil.rmtree(root, ignore_errors=True)
    try:
        with zipfile.ZipFile(work / "project" / "dist" / f"{case.name}.zip") as opened:
            unpack(opened, root)
        said = called(root, root, case, work, options)
        verdict.passed = said.get("value") == json.loads((case / "expected.json").read_text())
        verdict.note = said.get("error") or ("" if verdict.passed else json.dumps(said["value"]))
    except (CaseFailure, OSError) as failure:
        verdict.passed, verdict.note = False, str(failure)
    verdict.note = re.sub(r"\s+", " ", verdict.note.replace(str(root) + os.sep, ""))[:200]
    verdict.other = not (verdict.passed or verdict.silent or verdict.told)
    shutil.rmtree(root, ignore_errors=True)


def line(verdict):
    passed = {True: "pass", False: "FAIL", None: ""}[verdict.passed]
    said = [f"{verdict.case:30} {passed:4} {verdict.unzipped:13,} {verdict.needless:13,}"]
    for name in ("silent", "told", "shipped"):
        if found := getattr(verdict, name):
            said.append(f"{name}: {' '.join(found)}")
    if verdict.besides:
        said.append(f"besides: {len(verdict.besides)}")
    if verdict.passed is False:
        said.append(verdict.note)
    return "  ".join(said) + ("" if verdict.visible else "  (not visible)")


def summary(verdicts):
    """The rates as a table, and whether all of them are within their bounds."""
    visible = [verdict for verdict in verdicts if verdict.visible]
    lines = [f"\n{'':10} {'pairs':>12} {'rate':>7} {'cases':>12} {'rate':>7} {'bound':>7}"]
    within = True
    for name, among, of in (
        ("silent", verdicts, "uses"), ("told", visible, "uses"), ("shipped", verdicts, "must_not")
    ):
        pairs = sum(len(getattr(v, name)) for v in among), sum(len(getattr(v, of)) for v in among)
        cases = sum(bool(getattr(v, name)) for v in among), sum(bool(getattr(v, of)) for v in among)
        rates = [wrong / max(all_of_them, 1) for wrong, all_of_them in (pairs, cases)]
        within = within and rates[0] <= BOUNDS[name]
        counts = [f"{wrong} of {all_of_them}" for wrong, all_of_them in (pairs, cases)]
        lines.append(
            f"{name:10} {counts[0]:>12} {rates[0]:7.1%} {counts[1]:>12} {rates[1]:7.1%} "
            f"{BOUNDS[name]:7.1%}")
    called = [verdict for verdict in verdicts if verdict.passed is not None]
    other = [verdict.case for verdict in verdicts if verdict.other]
    lines.append(f"passed     {sum(v.passed for v in called)} of {len(called)} that were called")
    lines.append(f"unseen     {sum(len(v.told) for v in verdicts if not v.visible)} told, not counted")
    needless, all_bytes = (sum(getattr(v, n) for v in verdicts) for n in ("needless", "unzipped"))
    lines.append(f"besides    {sum(len(v.besides) for v in verdicts)} shipped with what was shipped")
    lines.append(f"needless   {needless:,} of {all_bytes:,} bytes, {needless / max(all_bytes, 1):.0%}")
    if other:
        lines.append(f"failed for another reason: {', '.join(other)}")
    return "\n".join(lines), within and not other


if __name__ == "__main__":
    sys.exit(main())

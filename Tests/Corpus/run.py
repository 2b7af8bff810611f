#!/usr/bin/env python3
"""Packages real handlers and judges the archives alone.

A corpus is a folder of cases; a case is a folder with `handler.py` (`handler(event, context)`),
`requirements.txt` (pinned), `event.json`, `expected.json`, and whatever modules and data the handler
needs. Each case is packaged twice, against an installed folder and against a folder of wheels. Then
the handler is called in an isolated interpreter that sees the unpacked archive and the standard
library, and nothing else.

    swift build -c release && Tests/Corpus/run.py            # every case, both kinds
    Tests/Corpus/run.py --subset                             # those that `.ci/run` takes
    Tests/Corpus/run.py --only spacy-blank --keep /tmp/out   # one case, archives kept
    Tests/Corpus/run.py --full                               # no packaging: are the cases right?

Installed folders and wheels are downloaded once and kept in --installed-cache. The exit status is 1
if any case fails. Needs pip in the --python interpreter, and nothing but the standard library here.

Where `ceilings.json` beside the folder of cases has a number of bytes for a case, its archive from the
installed folder may have that many, unpacked, and 1 % more. --set-ceilings writes what the archives of
this run have, of those cases that pass. What one environment for all functions costs is measured by
`monorepo.py`.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import ceilings
from isolated import CaseFailure, agrees, call, joined, unpack

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KINDS = ("installed", "wheels")
PACKAGING_TIMEOUT = 300
STAGES = ("discover", "trace", "prepare", "select")
# Belongs to the case, not to the function.
NOT_SHIPPED = {
    "requirements.txt", "event.json", "expected.json", "check.py", "README.md", "__pycache__",
}


@dataclass
class Row:
    case: str
    kind: str
    passed: bool = False
    note: str = ""
    files: int = 0
    kept: int = 0
    full: int = 0
    # Bytes with `prune = "distributions"`; only where ceilings are set.
    distributions: int = 0
    seconds: float = 0
    diagnostics: list = field(default_factory=list)


def main():
    options = arguments()
    cases = chosen_cases(options)
    options.ceilings = {} if options.set_ceilings else ceilings.read(options.cases)
    kinds = ("full",) if options.full else tuple(options.kind or KINDS)
    rows = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for made in pool.map(lambda case: list(rows_of(case, kinds, options)), cases):
            for row in made:
                rows.append(row)
                print(line(row), flush=True)
    print(summary(rows))
    if options.set_ceilings:
        ceilings.write(options.cases, {
            row.case: {"installed": row.kept, "installed-distributions": row.distributions}
            for row in rows if row.passed and row.kind == "installed"})
    if options.json:
        Path(options.json).write_text(json.dumps([vars(row) for row in rows], indent=1) + "\n")
    return 0 if rows and all(row.passed for row in rows) else 1


def arguments():
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pare-corpus"
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=HERE / "cases", help="a folder of cases")
    parser.add_argument("--only", action="append", metavar="NAME", help="this case; may be repeated")
    parser.add_argument(
        "--subset", action="store_const", const=HERE / "subset.txt", help="the cases that it lists")
    parser.add_argument("--kind", action="append", choices=KINDS, help="default: both")
    parser.add_argument("--full", action="store_true", help="judge the full installation instead")
    parser.add_argument("--record", action="store_true", help="with --full: write expected.json")
    parser.add_argument("--set-ceilings", action="store_true", help="write ceilings.json")
    parser.add_argument("--jobs", type=int, default=1, help="cases at once (default: 1)")
    parser.add_argument("--installed-cache", type=Path, default=cache, metavar="DIR")
    parser.add_argument("--pare", type=Path, help="default: the newest below .build")
    parser.add_argument("--python", default=default_python(), help="of the target's version, 3.12")
    parser.add_argument("--timeout", type=int, default=120, help="seconds for one handler")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep projects and archives here")
    parser.add_argument("--json", help="write the rows to this file, too")
    options = parser.parse_args()
    if not options.full and not options.pare:
        options.pare = newest_build()
    return options


def default_python():
    """One that answers: pyenv's `python3.12` on the path is a script that may refuse."""
    pyenv = sorted(map(str, Path.home().glob(".pyenv/versions/3.12.*/bin/python3.12")))
    for python in (*reversed(pyenv), shutil.which("python3.12")):
        if python and subprocess.run([python, "--version"], capture_output=True).returncode == 0:
            return python
    sys.exit("no Python 3.12: install one, or give --python")


def newest_build():
    built = [p for c in ("release", "debug") if (p := ROOT / ".build" / c / "pare").exists()]
    if not built:
        sys.exit("no pare below .build: run `swift build -c release`, or give --pare")
    return max(built, key=lambda path: path.stat().st_mtime)


def chosen_cases(options):
    names = sorted(p.name for p in options.cases.iterdir() if (p / "handler.py").exists())
    wanted = options.only or []
    if options.subset:
        lines = options.subset.read_text().splitlines()
        wanted = [name for name in lines if name and not name.startswith("#")]
    if unknown := set(wanted) - set(names):
        sys.exit(f"no such case: {', '.join(sorted(unknown))}")
    return [options.cases / name for name in names if not wanted or name in wanted]


def rows_of(case, kinds, options):
    for kind in kinds:
        row = Row(case.name, kind)
        with tempfile.TemporaryDirectory(prefix="pare-corpus-") as temporary:
            work = Path(temporary)
            if options.keep:
                work = options.keep.absolute() / case.name / kind
                shutil.rmtree(work, ignore_errors=True)
                work.mkdir(parents=True)
            try:
                run_case(case, kind, work, row, options)
                row.passed = True
            except CaseFailure as failure:
                row.note = str(failure)
        yield row


def run_case(case, kind, work, row, options):
    installed = environment(case, "installed", options)
    project = work / "project"
    shutil.copytree(case, project, ignore=lambda _, names: NOT_SHIPPED & set(names))
    row.full = size(installed) + size(project)
    if kind == "full":
        root = joined(project, installed)
    else:
        archive = package(case, project, environment(case, kind, options), row, options)
        root = work / "unpacked"
        with zipfile.ZipFile(archive) as opened:
            if damaged := opened.testzip():
                raise CaseFailure(f"the archive is damaged at {damaged}")
            row.files = len(opened.namelist())
            row.kept = sum(info.file_size for info in opened.infolist())
            unpack(opened, root)
    answer = call(case, root, work, options)
    if options.record:
        text = json.dumps(answer, indent=1, ensure_ascii=False)
        (case / "expected.json").write_text(text + "\n")
    if not agrees(case, answer):
        raise CaseFailure(f"another answer: {json.dumps(answer)[:300]}")
    if kind == "installed" and (above := ceilings.above(options.ceilings, case.name, kind, row.kept)):
        raise CaseFailure(above)
    if kind == "installed" and options.set_ceilings:
        row.distributions = whole(case, project, installed, options)


def environment(case, kind, options):
    """The case's requirements, installed or as wheels, from the cache or from PyPI."""
    requirements = case / "requirements.txt"
    version = "".join(re.findall(r"python(\d+\.\d+)", options.python)) or "3"
    key = hashlib.sha256(requirements.read_bytes() + version.encode()).hexdigest()[:12]
    folder = options.installed_cache / f"{case.name}-{key}" / kind
    if folder.exists():
        return folder
    making = folder.with_name(f".{kind}.{os.getpid()}")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    pip = [options.python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    how = {
        "installed": ["install", "--no-compile", "--root-user-action=ignore", "--target"],
        "wheels": ["download", "--dest"],
    }[kind]
    command = [*pip, *how, str(making), "--only-binary=:all:", "-r", str(requirements)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(making, ignore_errors=True)
        raise CaseFailure(f"pip: {' '.join(done.stderr.split())[-300:]}")
    making.rename(folder)
    return folder


def settings(environment):
    """The head of `pare.toml`."""
    return (
        f'runtime = "python3.12"\n'
        f'architecture = "{"arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"}"\n'
        f'environment = "{environment}"\noutput = "dist"\n'
        # The corpus has cases above a provider's limit, and asks whether they run.
        f'provider = "generic"\n')


def configuration(case, folder):
    return (
        settings(folder) + 'source-roots = ["."]\n\n'
        f'[functions.{case.name}]\nhandler = "handler.handler"\n')


def package(case, project, folder, row, options):
    (project / "pare.toml").write_text(configuration(case, folder))
    events = project.parent / "trace-events.json"
    command = [
        str(options.pare), "package", "--project", str(project), "--trace-events", str(events)]
    start = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PACKAGING_TIMEOUT)
    except subprocess.TimeoutExpired:
        raise CaseFailure(f"pare does not end within {PACKAGING_TIMEOUT} s") from None
    row.seconds = stage_seconds(events) or time.perf_counter() - start
    archive = project / "dist" / f"{case.name}.zip"
    if done.returncode or not archive.exists():
        raise CaseFailure(f"pare exits with {done.returncode}: {' '.join(done.stderr.split())[-400:]}")
    reasons(archive, project / "dist" / "report.json", row)
    return archive


def whole(case, project, folder, options):
    """Bytes of the case's archive with each distribution whole that is reached."""
    (project / "pare.toml").write_text('prune = "distributions"\n' + configuration(case, folder))
    return checked(project, options)[case.name]["unzipped"]


def checked(project, options, functions=()):
    """What `pare check` says of each function, by its name: nothing is written."""
    command = [
        str(options.pare), "check", *functions, "--project", str(project), "--format", "json", "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True)
    functions = json.loads(done.stdout or "{}").get("functions")
    if not functions:
        raise CaseFailure(f"pare exits with {done.returncode}: {' '.join(done.stderr.split())[-400:]}")
    return {function["name"]: function for function in functions}


def stage_seconds(events):
    """Seconds of the stages up to `select`, so without compressing; 0 where nothing was written.

    A sum: for functions that are looked at once more there is a `select` behind `archive`.
    """
    if not events.exists():
        return 0
    stages = json.loads(events.read_text())["traceEvents"]
    return sum(stage["dur"] for stage in stages if stage["name"].split()[0] in STAGES) / 1e6


def reasons(archive, report, row):
    """Every byte has its reason: the report's entries are the archive's, none without a reason."""
    report = json.loads(report.read_text())
    function = report["functions"][0]
    row.diagnostics = [f"{d['code']}: {d['message']}" for d in report["diagnostics"]]
    with zipfile.ZipFile(archive) as opened:
        listed = sorted(opened.namelist())
    reported = sorted(entry["path"] for entry in function["entries"])
    if listed != reported:
        odd = sorted(set(listed) ^ set(reported))
        raise CaseFailure(f"report.json and the archive differ: {odd[:3]}")
    if without := [entry["path"] for entry in function["entries"] if not entry.get("reason")]:
        raise CaseFailure(f"no reason for {without[:3]}")


def size(folder):
    """Bytes of all files, compiled ones apart."""
    total = 0
    for path, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in files:
            if not name.endswith(".pyc") and name != ".installed":
                total += os.lstat(os.path.join(path, name)).st_size
    return total


def line(row):
    share = f"{row.kept / row.full:.2f}" if row.full and row.kept else ""
    figures = f"{row.files:6} {row.kept:12,} {row.full:12,} {share:>5} {row.seconds:8.3f}"
    return f"{row.case:26} {row.kind:10} {figures}  {'pass' if row.passed else 'FAIL ' + row.note}"


def summary(rows):
    header = f"\n{'':26} {'kind':10} {'cases':>6} {'kept':>12} {'full':>12} {'share':>5} {'seconds':>8}  passed"
    lines = [header]
    for kind in dict.fromkeys(row.kind for row in rows):
        mine = [row for row in rows if row.kind == kind]
        # What failed before its archive was made has no size to count.
        sized = [row for row in mine if row.kept] or mine
        kept, full = sum(r.kept for r in sized), sum(r.full for r in sized)
        lines.append(
            f"{'total':26} {kind:10} {len(mine):6} {kept:12,} {full:12,} "
            f"{kept / full if full else 0:5.2f} {sum(r.seconds for r in mine):8.3f}  "
            f"{sum(r.passed for r in mine)} of {len(mine)}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

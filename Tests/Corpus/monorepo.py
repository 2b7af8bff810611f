#!/usr/bin/env python3
"""Measures what one environment for all functions costs.

Makes one monorepo of a folder of cases (see `run.py`): each case a function in `functions/NAME/`, all of
them over one environment with the union of their requirements. Beside it stands an environment of its
own for each, at the same versions. Both are packaged, every handler is called from its archive alone,
and the bytes are compared, unpacked: an archive should not know what else is installed.

    swift build -c release --product pare
    Tests/Corpus/monorepo.py --work /tmp/monorepo                    # the project's own corpus
    Tests/Corpus/monorepo.py --work /tmp/monorepo --cases FOLDER     # any other
    Tests/Corpus/monorepo.py --work /tmp/monorepo --only faker --only flask-wsgi --why 3
    Tests/Corpus/monorepo.py --work /tmp/monorepo --prune distributions --json rows.json
    Tests/Corpus/monorepo.py --work /tmp/monorepo --subset           # those that `.ci/run` takes

In the monorepo no function says what it requires; the repository does, in one `requirements.txt` with
the names from all cases' files. With --with-requirements each function has its case's names beside its
handler, too. `uv` chooses the versions, the highest that go together, or --lock gives them; cases that do
not resolve together with the rest are left out and named.

A case whose handler does not answer as expected with its whole environment on the path, since it was
written for other versions, is held to the answer that it gives there; one that gives none is not judged.

Environments, archives and what passed are kept in --work, each as long as what it was made from is the
same; so a second run is quick, and one with another pare makes nothing anew but archives, with --keep-own
only the shared ones. Below --work: `shared/env`, `shared/project`, `own/NAME/env`, `own/NAME/project`,
`requirements.in` (the union).

The exit status is 1 where the sum of the bytes from the shared environment is above 1.03 times that from
the own ones, a single function above 1.25 times, a function passes from its own environment and not from
the shared one, or one is above its ceiling (`shared` in `ceilings.json`). Ceilings hold with --lock only,
since other versions have other bytes; --set-ceilings writes them.
"""

import argparse
import concurrent.futures
import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import ceilings
import environments
import isolated
import leanness
import run
from environments import key_of, key_of_files
from judging import judge
from leanness import Row


@dataclass
class Packaged:
    """One project after `pare package`: name → the report's object."""
    project: Path
    functions: dict
    seconds: float
    said: str

    def archive(self, name):
        return self.project / "dist" / f"{name}.zip"


def main():
    options = arguments()
    work = options.work.absolute()
    work.mkdir(parents=True, exist_ok=True)
    options.uv = environments.uv_of(options, work)
    options.build = hashlib.sha256(options.pare.read_bytes()).hexdigest()
    options.ceilings = {} if options.set_ceilings or not options.lock else ceilings.read(options.cases)
    union = environments.union(run.chosen_cases(options), work, options)
    distributions = len(union.lock.read_text().split())
    print(f"{len(union.cases)} cases resolve together, {distributions} distributions", flush=True)
    if union.left_out:
        print("left out: " + ", ".join(union.left_out), flush=True)

    wanted = options.functions or [case.name for case in union.cases]
    if absent := set(wanted) - {case.name for case in union.cases}:
        sys.exit(f"not among them: {', '.join(sorted(absent))}")
    environment = environments.installed(work / "shared" / "env", union, None, options)
    name = "only" if options.functions else "project"
    name += "-requirements" if options.with_requirements else ""
    shared = package(work / "shared" / name, union.cases, wanted, environment, options, union.requirements)
    rows, seconds = rows_of(union, wanted, shared, work, options)
    sized = sorted((row for row in rows if row.own.bytes and row.shared.bytes), key=lambda row: row.ratio)
    told = list(leanness.table(sized, shared.project, options))
    told += leanness.sums(sized, seconds, shared.seconds, options)
    complaints = list(leanness.complaints(rows, options))
    print("\n".join(told + complaints))
    if options.json:
        objects = [{**vars(row), "own": vars(row.own), "shared": vars(row.shared)} for row in rows]
        options.json.write_text(json.dumps(objects, indent=1) + "\n")
    if options.set_ceilings:
        ceilings.write(options.cases, {
            row.case: {"shared": row.shared.bytes, "shared-distributions": row.shared.pruned_otherwise}
            for row in sized if row.shared.passed})
    return 1 if complaints else 0


def rows_of(union, wanted, shared, work, options):
    """A row for each, and the seconds that all own projects took."""
    rows, seconds, others = [], 0, pruned(shared, options)
    cases = [case for case in union.cases if case.name in wanted]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for row, took in pool.map(lambda case: measured(case, union, shared, others, work, options), cases):
            rows.append(row)
            seconds += took
            sys.stderr.write(f"{len(rows)} of {len(cases)}  {row.case}\n")
    return rows, seconds


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=run.HERE / "cases", help="a folder of cases")
    parser.add_argument(
        "--only", action="append", metavar="NAME", help="this function over the same environment")
    parser.add_argument(
        "--subset", action="store_const", const=run.HERE / "monorepo-subset.txt",
        help="the cases that monorepo-subset.txt lists")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="what is kept")
    parser.add_argument("--lock", type=Path, metavar="FILE", help="pins to take the versions from")
    parser.add_argument("--with-requirements", action="store_true", help="each function has its own")
    parser.add_argument(
        "--prune", choices=("distributions", "off"), help="beside it, what this would make of them")
    parser.add_argument(
        "--setting", action="append", default=[], metavar="LINE", help="of pare.toml, for all functions")
    parser.add_argument("--why", type=int, default=0, metavar="N", help="explain the N largest differences")
    parser.add_argument(
        "--keep-own", action="store_true", help="own archives stay though another pare made them")
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="pare's: quicker, but the seconds say less")
    parser.add_argument("--no-judge", action="store_true", help="bytes only")
    parser.add_argument("--set-ceilings", action="store_true", help="write ceilings.json")
    parser.add_argument("--jobs", type=int, default=2, help="cases at once (default: 2)")
    parser.add_argument("--pare", type=Path, help="default: the newest below .build")
    parser.add_argument("--python", default=run.default_python(), help="of the target's version, 3.12")
    parser.add_argument("--uv", help="default: on PATH, else installed below --work")
    parser.add_argument("--timeout", type=int, default=120, help="seconds for one handler")
    parser.add_argument("--json", type=Path, help="write the rows to this file, too")
    options = parser.parse_args()
    # The environment is always everybody's; these are the functions that are looked at.
    options.functions, options.only = options.only, None
    options.pare = (options.pare or run.newest_build()).absolute()
    if options.set_ceilings and (not options.lock or options.with_requirements or options.setting):
        parser.error("ceilings are set with --lock, and without what changes the bytes")
    if options.set_ceilings:
        options.prune = "distributions"
    return options


def measured(case, union, shared, others, work, options):
    """Its row, and the seconds that its own project took."""
    row = Row(case.name)
    place = work / "own" / case.name
    try:
        environment = environments.installed(place / "env", union, case, options)
        own = package(place / "project", [case], [case.name], environment, options)
        for side, packaged, other in ((row.own, own, pruned(own, options)), (row.shared, shared, others)):
            if case.name not in packaged.functions:
                raise isolated.CaseFailure(f"not packaged: {packaged.said}")
            function = packaged.functions[case.name]
            side.bytes = function["unzipped"]
            side.distributions = {each["name"]: each["unzipped"] for each in function["distributions"]}
            side.pruned_otherwise = other.get(case.name, 0)
        if not options.no_judge:
            judge(case, row, own, shared, place, options)
    except isolated.CaseFailure as failure:
        row.note = str(failure)
        return row, 0
    return row, own.seconds


# Packaging


def package(project, cases, wanted, environment, options, requirements=()):
    """Packages those `wanted` of a monorepo of `cases`, unless what stands in `project` came of the same.

    `requirements` are the repository's; a case alone has none: its environment says them.
    """
    head = "".join(f"{line}\n" for line in options.setting) + run.settings(environment)
    text = head + "".join(
        f'\n[functions.{case.name}]\nhandler = "functions/{case.name}/handler.py:handler"\n'
        for case in cases)
    key = key_of(
        text, (environment.parent / "env.key").read_text(), options.with_requirements,
        *requirements, *wanted, *map(key_of_files, cases))
    report, events, stamp = (project / name for name in ("dist/report.json", "trace-events.json", "key"))
    stood, said = stamp.read_text().split() if stamp.exists() else [], ""
    if stood != [key, options.build] and not (options.keep_own and not requirements and stood[:1] == [key]):
        shutil.rmtree(project, ignore_errors=True)
        project.mkdir(parents=True)
        write(project, cases, requirements, options)
        (project / "pare.toml").write_text(text)
        command = [
            str(options.pare), "package", *(wanted if len(wanted) < len(cases) else ()),
            "--project", str(project), "--trace-events", str(events), "--quiet",
            *(("--cache-dir", str(options.cache)) if options.cache else ("--no-cache",))]
        done = subprocess.run(command, capture_output=True, text=True)
        said = f"exit status {done.returncode}: {' '.join(done.stderr.split())[-400:]}"
        # 1 says that a function has an error or is too large, which comes of the same.
        if done.returncode in (0, 1):
            stamp.write_text(f"{key} {options.build}")
    listed = json.loads(report.read_text())["functions"] if report.exists() else []
    return Packaged(
        project, {function["name"]: without_entries(function) for function in listed},
        run.stage_seconds(events), said)


def write(project, cases, requirements, options):
    for case in cases:
        folder = project / "functions" / case.name
        shutil.copytree(case, folder, ignore=lambda _, names: run.NOT_SHIPPED & set(names))
        if requirements and options.with_requirements:
            write_lines(folder / "requirements.txt", environments.requirements_of(case))
    if requirements:
        write_lines(project / "requirements.txt", requirements)


def write_lines(file, lines):
    file.write_text("".join(f"{line}\n" for line in lines))


def without_entries(function):
    """There are a million of them in a large monorepo."""
    return {key: value for key, value in function.items() if key != "entries"}


def pruned(packaged, options):
    """Name → bytes with the other --prune; nothing is written but these numbers."""
    if not options.prune:
        return {}
    project, stamp = packaged.project, packaged.project / "key"
    kept = project / f"{options.prune}.json"
    if not kept.exists() or not stamp.exists():
        configuration = project / "pare.toml"
        text = configuration.read_text()
        configuration.write_text(f'prune = "{options.prune}"\n{text}')
        try:
            checked = run.checked(project, options, list(packaged.functions))
            sizes = {name: function["unzipped"] for name, function in checked.items()}
        finally:
            configuration.write_text(text)
        kept.write_text(json.dumps(sizes))
    return json.loads(kept.read_text())


if __name__ == "__main__":
    try:
        sys.exit(main())
    except isolated.CaseFailure as failure:
        sys.exit(str(failure))

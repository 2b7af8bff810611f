#!/usr/bin/env python3
"""Measures what one environment for all functions costs.

Makes one monorepo of a folder of cases (see `run.py`): each case a function, all of them over one
environment with the union of their requirements, and beside it an environment of its own for each, at
the same versions. Packages both, calls every handler from its archive alone, and compares the bytes.

    swift build -c release --product pare
    Tests/Corpus/monorepo.py --work /tmp/monorepo                 # the project's own corpus
    Tests/Corpus/monorepo.py --work /tmp/monorepo --cases FOLDER  # any other
    Tests/Corpus/monorepo.py --work /tmp/monorepo --subset        # those that `.ci/run` takes

`uv` resolves and installs (on PATH, or `--uv`); cases that cannot be resolved together with those
before them are left out and named. Environments are kept in --work. No function has requirements of its
own in the monorepo, unless --with-requirements puts each case's file beside its handler.

The exit status is 1 where the sum of the bytes from the shared environment is above 1.03 times that
from the own ones, a single function above 1.25 times, or a function passes from its own environment and
not from the shared one.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import zipfile
from pathlib import Path

import run

SUM_BOUND, SINGLE_BOUND = 1.03, 1.25
NAME = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(\[[^\]]*\])?")


def main():
    options = arguments()
    cases = chosen(options)
    work = options.work.absolute()
    work.mkdir(parents=True, exist_ok=True)
    lock, cases, left_out = resolve(cases, work, options)
    print(f"{len(cases)} cases resolve together, {len(lock.read_text().split())} distributions", flush=True)
    if left_out:
        print("left out: " + ", ".join(sorted(left_out)), flush=True)
    shared = install(lock, work / "shared-env", None, options)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        owns = dict(zip(cases, pool.map(lambda case: own_environment(case, lock, work, options), cases)))
    missing = [case.name for case in cases if owns[case] is None]
    cases = [case for case in cases if owns[case]]
    if missing:
        print("no environment of their own: " + ", ".join(missing), flush=True)

    rows = {case.name: {"case": case.name} for case in cases}
    shared_seconds = package_shared(cases, shared, work, rows, options)
    own_seconds = sum(package_own(case, owns[case], work, rows[case.name], options) for case in cases)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(lambda case: judge(case, owns[case], work, rows[case.name], options), cases))
    return report(list(rows.values()), own_seconds, shared_seconds, options)


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=run.HERE / "cases")
    parser.add_argument("--only", action="append", metavar="NAME")
    parser.add_argument("--subset", action="store_true", help="the cases that monorepo-subset.txt lists")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR")
    parser.add_argument("--pare", type=Path)
    parser.add_argument("--python", default=run.default_python())
    parser.add_argument("--uv", default=shutil.which("uv"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=int, default=120)
    parser.add_argument("--with-requirements", action="store_true")
    parser.add_argument("--prune", default="modules")
    parser.add_argument("--no-judge", action="store_true", help="bytes only")
    parser.add_argument("--json", type=Path, help="write the rows to this file, too")
    options = parser.parse_args()
    options.pare = (options.pare or run.newest_build()).absolute()
    if not options.uv:
        sys.exit("no uv on PATH: `pip install uv`, or give --uv")
    return options


def chosen(options):
    names = options.only or []
    if options.subset:
        lines = (run.HERE / "monorepo-subset.txt").read_text().splitlines()
        names = [name for name in lines if name and not name.startswith("#")]
    return [
        path for path in sorted(options.cases.iterdir())
        if (path / "handler.py").exists() and (not names or path.name in names)]


# Environments


def names_of(case):
    """What a case asks for, without versions: all cases get the same ones."""
    found = []
    for line in (case / "requirements.txt").read_text().splitlines():
        if not line.lstrip().startswith(("#", "-")) and (match := NAME.match(line)):
            found.append(match[1] + (match[2] or ""))
    return found


def resolve(cases, work, options):
    """One version of each distribution for as many cases as go together, most of them at once."""
    key = hashlib.sha256("\n".join(
        [options.python] + [f"{case.name} {names_of(case)}" for case in cases]).encode()).hexdigest()[:12]
    lock, kept_file = work / f"lock-{key}.txt", work / f"lock-{key}.json"
    by_name = {case.name: case for case in cases}
    if lock.exists() and kept_file.exists():
        kept = [by_name[name] for name in json.loads(kept_file.read_text())]
    else:
        kept, waiting = [], [cases]
        while waiting:
            group = waiting.pop()
            if compiled := compile_names(kept + group, options):
                kept += group
                lock.write_text(compiled)
            elif len(group) > 1:
                half = len(group) // 2
                waiting += [group[half:], group[:half]]
        kept_file.write_text(json.dumps([case.name for case in kept]))
    return lock, kept, set(by_name) - {case.name for case in kept}


def compile_names(cases, options, constraints=None):
    names = sorted({name for case in cases for name in names_of(case)})
    command = [
        options.uv, "pip", "compile", "-", "--python", options.python, "--only-binary", ":all:",
        "--no-header", "--no-annotate", "--quiet"]
    if constraints:
        command += ["-c", str(constraints)]
    done = subprocess.run(command, input="\n".join(names), capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else None


def install(lock, folder, direct, options):
    """Of `lock`, what `direct` and its requirements are; all of it where that is None."""
    key = hashlib.sha256((lock.read_text() + repr(direct)).encode()).hexdigest()[:12]
    target = folder.with_name(f"{folder.name}-{key}")
    if target.exists():
        return target
    making = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(making, ignore_errors=True)
    command = [
        options.uv, "pip", "install", "--quiet", "--python", options.python, "--target", str(making),
        "--only-binary", ":all:"]
    command += ["-r", str(lock)] if direct is None else [*direct, "-c", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(making, ignore_errors=True)
        print(f"{folder.name}: {' '.join(done.stderr.split())[-300:]}", flush=True)
        return None
    making.rename(target)
    return target


def own_environment(case, lock, work, options):
    (work / "own").mkdir(exist_ok=True)
    return install(lock, work / "own" / case.name, names_of(case), options)


# Packaging


def copy_case(case, folder):
    shutil.copytree(case, folder, ignore=lambda _, names: run.NOT_SHIPPED & set(names))


def header(environment, options):
    return (
        f'runtime = "python3.12"\nprovider = "generic"\nenvironment = "{environment}"\n'
        f'prune = "{options.prune}"\n\n')


def package(project, options):
    events = project / "trace-events.json"
    command = [
        str(options.pare), "package", "--project", str(project), "--trace-events", str(events),
        "--no-cache", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True)
    stages = json.loads(events.read_text())["traceEvents"]
    return done, sum(
        stage["dur"] for stage in stages
        if stage["name"].split()[0] in ("discover", "trace", "prepare", "select")) / 1e6


def package_shared(cases, environment, work, rows, options):
    project = work / "monorepo"
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir()
    text = header(environment, options)
    for case in cases:
        folder = project / "functions" / case.name
        copy_case(case, folder)
        if options.with_requirements:
            (folder / "requirements.txt").write_text("\n".join(names_of(case)) + "\n")
        text += f'[functions.{case.name}]\nhandler = "functions/{case.name}/handler.py:handler"\n\n'
    # What the repository asks for, as its one file says it.
    names = sorted({name for case in cases for name in names_of(case)})
    (project / "requirements.txt").write_text("\n".join(names) + "\n")
    (project / "pare.toml").write_text(text)
    done, seconds = package(project, options)
    report = json.loads((project / "dist" / "report.json").read_text())
    for function in report["functions"]:
        rows[function["name"]]["shared"] = function["unzipped"]
        rows[function["name"]]["sharedDistributions"] = shares(function)
    for case in cases:
        if "shared" not in rows[case.name]:
            sys.exit(f"pare exits with {done.returncode}: {done.stderr[-2000:]}")
    return seconds


def package_own(case, environment, work, row, options):
    project = work / "own-projects" / case.name
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    copy_case(case, project / "functions" / case.name)
    (project / "pare.toml").write_text(
        header(environment, options)
        + f'[functions.{case.name}]\nhandler = "functions/{case.name}/handler.py:handler"\n')
    done, seconds = package(project, options)
    report = json.loads((project / "dist" / "report.json").read_text())
    if not report["functions"]:
        sys.exit(f"{case.name}: pare exits with {done.returncode}: {done.stderr[-2000:]}")
    row["own"] = report["functions"][0]["unzipped"]
    row["ownDistributions"] = shares(report["functions"][0])
    return seconds


def shares(function):
    return {share["name"]: share["unzipped"] for share in function["distributions"]}


# Judging


def judge(case, environment, work, row, options):
    if options.no_judge:
        return
    own = work / "own-projects" / case.name / "dist" / f"{case.name}.zip"
    shared = work / "monorepo" / "dist" / f"{case.name}.zip"
    row["ownPasses"], row["ownNote"] = passes(case, own, work, options)
    row["sharedPasses"], row["sharedNote"] = passes(case, shared, work, options)


def passes(case, archive, work, options):
    if not archive.exists():
        return False, "no archive"
    place = work / "judging" / f"{case.name}-{archive.parents[1].name == 'monorepo'}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        with zipfile.ZipFile(archive) as opened:
            run.unpack(opened, place / "unpacked")
        answer = run.call(case, place / "unpacked", place, options)
        if (case / "check.py").exists():
            names = {}
            exec((case / "check.py").read_text(), names)
            agrees = bool(names["check"](answer))
        else:
            agrees = answer == json.loads((case / "expected.json").read_text())
        return agrees, "" if agrees else "another answer"
    except run.CaseFailure as failure:
        return False, str(failure)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def report(rows, own_seconds, shared_seconds, options):
    failed = False
    for row in sorted(rows, key=lambda row: row["shared"] / row["own"]):
        ratio = row["shared"] / row["own"]
        marks = ""
        if not options.no_judge:
            marks = f"{'pass' if row['ownPasses'] else 'FAIL'} {'pass' if row['sharedPasses'] else 'FAIL'}"
            if row["ownPasses"] and not row["sharedPasses"]:
                failed = True
                marks += f"  {row['sharedNote'][:160]}"
        print(f"{row['case']:26} {row['own']:13,} {row['shared']:13,} {ratio:8.3f}  {marks}")
        more = {
            name: size - row["ownDistributions"].get(name, 0)
            for name, size in row["sharedDistributions"].items()
            if size > row["ownDistributions"].get(name, 0) * 1.02 + 1000}
        if ratio > 1.01 and more:
            largest = sorted(more.items(), key=lambda item: -item[1])[:6]
            print("    " + ", ".join(f"{name} {size:,}" for name, size in largest))
    own, shared = sum(row["own"] for row in rows), sum(row["shared"] for row in rows)
    ratios = [row["shared"] / row["own"] for row in rows]
    print(
        f"\n{len(rows)} functions: own {own:,}, shared {shared:,} bytes: {shared / own:.3f} times; "
        f"median {statistics.median(ratios):.3f}, worst {max(ratios):.3f}")
    print(f"traced and selected: own {own_seconds:.2f} s, shared {shared_seconds:.2f} s")
    if not options.no_judge:
        print(
            f"passed: own {sum(row['ownPasses'] for row in rows)}, "
            f"shared {sum(row['sharedPasses'] for row in rows)}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    return int(failed or shared > own * SUM_BOUND or max(ratios) > SINGLE_BOUND)


if __name__ == "__main__":
    sys.exit(main())

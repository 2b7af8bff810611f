"""Environments by `uv`: one for as many cases as go together, and one for each, at the same versions.

The cases' requirement files pin versions of their own, mostly whole closures, which cannot all be had at
once. So what counts are the names with their extras: of each distribution one version is chosen, the
highest that suits all. Installed folders share their files with uv's cache by hard links, so a
distribution takes its room once. Beside each folder stands the key of what it was made from.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import isolated

NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(\[[^\]]*\])?")


@dataclass
class Union:
    """What resolves together: `lock` pins every distribution, `requirements` are what was asked for."""
    lock: Path
    requirements: list
    cases: list
    left_out: list


def uv_of(options, work):
    """`--uv`, the one on PATH, or one that is installed below --work."""
    if found := options.uv or shutil.which("uv"):
        return str(found)
    tools = work / "tools"
    if not (tools / "bin" / "uv").exists():
        shutil.rmtree(tools, ignore_errors=True)
        for command in (
            [options.python, "-m", "venv", str(tools)],
            [str(tools / "bin" / "python"), "-m", "pip", "--quiet", "install", "uv"],
        ):
            subprocess.run(command, check=True)
    return str(tools / "bin" / "uv")


def requirements_of(case):
    """What a case asks for, by name: `uvicorn[standard]==0.30.1` is `uvicorn[standard]`."""
    lines = (case / "requirements.txt").read_text().splitlines()
    found = (NAME.match(line) for line in lines)
    return [match[1] + (match[2] or "") for match in found if match]


def union(cases, work, options):
    """One version of each distribution for as many cases as go together.

    With --lock the versions are that file's. Else all cases are tried at once, then halves of what does
    not resolve: a case is left out where it does not go together with those before it.
    """
    asked = [options.python, *(f"{case.name} {requirements_of(case)}" for case in cases)]
    asked += [options.lock.read_text()] if options.lock else []
    made = work / "union" / key_of(*asked)
    lock, names = made / "lock.txt", made / "cases.json"
    if not names.exists():
        kept, waiting = [], [list(cases)]
        made.mkdir(parents=True, exist_ok=True)
        while waiting:
            group = waiting.pop()
            if pinned := compiled(kept + group, options):
                kept += group
                lock.write_text(pinned)
            elif len(group) > 1:
                half = len(group) // 2
                waiting += [group[half:], group[:half]]
        names.write_text(json.dumps(sorted(case.name for case in kept)))
    kept = set(json.loads(names.read_text()))
    if not kept:
        sys.exit("not one case resolves: is PyPI reachable?")
    inside = [case for case in cases if case.name in kept]
    asked_for = sorted({name for case in inside for name in requirements_of(case)})
    (work / "requirements.in").write_text("\n".join(asked_for) + "\n")
    return Union(lock, asked_for, inside, [case.name for case in cases if case.name not in kept])


def compiled(cases, options):
    """Pins for all that the cases ask for, or nothing where no versions suit all of them."""
    names = sorted({name for case in cases for name in requirements_of(case)})
    command = [
        options.uv, "pip", "compile", "-", "--quiet", "--python", options.python,
        "--only-binary", ":all:", "--no-header", "--no-annotate"]
    if options.lock:
        command += ["--constraints", str(options.lock)]
    done = subprocess.run(command, input="\n".join(names), capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else None


def installed(folder, union, case, options):
    """`folder` with what `case` asks for and what that requires, or with the whole union for None.

    It is made again only where it would be another. Throws `isolated.CaseFailure`.
    """
    asked = requirements_of(case) if case else []
    key, stamp = key_of(options.python, union.lock.read_text(), *asked), folder.with_name("env.key")
    if folder.exists() and stamp.exists() and stamp.read_text() == key:
        return folder
    stamp.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    command = [
        options.uv, "pip", "install", "--quiet", "--python", options.python, "--target", str(folder),
        "--only-binary", ":all:", "--link-mode", "hardlink"]
    command += [*asked, "--constraints", str(union.lock)] if case else ["-r", str(union.lock)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise isolated.CaseFailure(f"uv: {' '.join(done.stderr.split())[-300:]}")
    stamp.write_text(key)
    return folder


def key_of(*parts):
    """Sixteen digits for values that belong together."""
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()[:16]


def key_of_files(folder):
    """The same for a folder: what is in its files, and where they are."""
    found = sorted(
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return key_of(*(
        part for path in found
        for part in (path.relative_to(folder), hashlib.sha256(path.read_bytes()).hexdigest())))

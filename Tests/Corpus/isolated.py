"""Calls handlers in an isolated interpreter, and says whether they answer as their case expects."""

import json
import os
import shutil
import subprocess

# Runs in the isolated interpreter. `os._exit`, since some packages leave threads behind.
CALL = """
import importlib, json, os, sys, traceback
root, event, answer = sys.argv[1:]
sys.argv = ["bootstrap"]
sys.path.insert(0, root)
try:
    with open(event) as file:
        event = json.load(file)
    handler = importlib.import_module("handler").handler
    said = {"value": json.loads(json.dumps(handler(event, None)))}
except BaseException as error:
    chain, at = [], error
    while at is not None and len(chain) < 4:
        chain.append(f"{type(at).__name__}: {at}"[:300].replace(root + "/", ""))
        at = at.__cause__ or at.__context__
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(root)]
    where = [f"{f.filename[len(root) + 1:]}:{f.lineno}" for f in frames[-2:]]
    said = {"error": " <- ".join(chain), "where": where}
with open(answer, "w") as file:
    json.dump(said, file)
sys.stdout.flush()
os._exit(0)
"""


class CaseFailure(Exception):
    """Why a case could not be judged, or was judged wrong."""


def call(case, root, work, options):
    """What the handler below `root` answers to the case's event. Throws `CaseFailure`."""
    elsewhere = work / "elsewhere"
    elsewhere.mkdir()
    answer = work / "answer.json"
    command = [
        options.python, "-I", "-S", "-B", "-c", CALL,
        os.path.realpath(root), str((case / "event.json").resolve()), str(answer),
    ]
    surroundings = {
        "PATH": "/usr/bin:/bin", "HOME": str(elsewhere), "TMPDIR": str(elsewhere),
        "LANG": "C.UTF-8", "TZ": "UTC",
    }
    try:
        done = subprocess.run(
            command, cwd=elsewhere, env=surroundings, timeout=options.timeout,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired:
        raise CaseFailure(f"no answer within {options.timeout} s") from None
    if not answer.exists():
        tail = done.stdout.decode(errors="replace")[-300:]
        raise CaseFailure(f"the interpreter died ({done.returncode}): {tail}")
    said = json.loads(answer.read_text())
    if "error" in said:
        raise CaseFailure(f"{said['error']} at {' '.join(said['where'])}")
    return said["value"]


def agrees(case, answer):
    """Whether it is what the case expects, by its `check.py` or its `expected.json`."""
    if (case / "check.py").exists():
        names = {}
        exec((case / "check.py").read_text(), names)
        return bool(names["check"](answer))
    return answer == json.loads((case / "expected.json").read_text())


def joined(project, installed):
    """`project` with all that is installed: one folder, as an archive is one folder."""
    shutil.copytree(installed, project, dirs_exist_ok=True, copy_function=link_or_copy)
    return project


def unpack(opened, root):
    """As providers do: what is marked as executable is (`extractall` forgets it)."""
    opened.extractall(root)
    for info in opened.infolist():
        if info.external_attr >> 16 & 0o111:
            (root / info.filename).chmod(0o755)


def link_or_copy(source, destination):
    try:
        os.link(source, destination)
    except OSError:
        shutil.copy2(source, destination)

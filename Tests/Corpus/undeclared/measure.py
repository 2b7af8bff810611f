#!/usr/bin/env python3
"""Finds out which undeclared distributions a handler's call needs, and writes `truth.json`.

A repository has one environment for all of its functions. A library that stands in it imports others
where they are there (`pandas` tries `openpyxl`); those were installed for some other function. Whether
this function's call needs one of them is tried out here, on the full environment:

1. *declared* is what the handler's own files import, and what those distributions require.
2. The handler is called with everything installed; its modules say what was loaded.
3. It is called with what is declared and nothing else. The same answer: it uses nothing undeclared.
4. If not, it is called with what is declared, what was loaded, and what that requires; then one loaded
   distribution after the other is taken away, and stays away where the answer is the same. What is left
   is `uses`: distributions that, with what they require in their turn, are enough and none too many.

`must_not` is what neither is declared nor used, nor required by what is used, and yet was loaded, or is
named by an import statement of a module of these that was loaded: the call answers the same without it.

    Tests/Corpus/undeclared/measure.py --environment /tmp/env            # all cases: is the truth true?
    Tests/Corpus/undeclared/measure.py --only pandas-read-csv --write    # measure and write truth.json
    Tests/Corpus/undeclared/measure.py --record                          # also write expected.json

The environment is made once, if it is not there (`pip install --target`, 1.3 GB). `through`, `note` and
`visible` in truth.json are written by hand and kept. The exit status is 1 if a case fails, or if what
is measured is not what truth.json says.
"""

import argparse
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from environment import Environment, declared, truth

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from run import default_python  # noqa: E402

# Belongs to the case, not to the function.
NOT_SHIPPED = {"event.json", "expected.json", "truth.json", "__pycache__"}

# Runs in the isolated interpreter: the function's folder, then the environment, then nothing else. What
# the machine has beside the C library (`libpq.so.5`) is hidden, because a function's system has not.
CALL = """
import ctypes.util, importlib, json, os, sys
found = ctypes.util.find_library
ctypes.util.find_library = lambda name: found(name) if name in ("c", "m", "dl", "pthread") else None
root, installed, event, answer = sys.argv[1:]
sys.argv = ["bootstrap"]
sys.path[:0] = [root, installed]
try:
    with open(event) as file:
        event = json.load(file)
    said = {"value": json.loads(json.dumps(importlib.import_module("handler").handler(event, None)))}
except BaseException as error:
    said = {"error": f"{type(error).__name__}: {error}"[:400]}
said["modules"] = [
    file for module in list(sys.modules.values())
    if isinstance(file := getattr(module, "__file__", None), str) and file.startswith(installed + "/")]
with open(answer, "w") as file:
    json.dump(said, file)
sys.stdout.flush()
os._exit(0)
"""


class CaseFailure(Exception):
    """Why nothing could be measured."""


def main():
    options = arguments()
    environment = Environment(installed(options))
    print(f"{len(environment.distributions)} distributions in {environment.root}")
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        agreed = list(pool.map(lambda case: judged(case, environment, options), chosen(options)))
    print(f"{sum(agreed)} of {len(agreed)} cases are as truth.json says")
    return 0 if agreed and all(agreed) else 1


def arguments():
    made = parser(__doc__)
    made.add_argument("--write", action="store_true", help="write truth.json")
    made.add_argument("--record", action="store_true", help="write expected.json and truth.json")
    made.add_argument("--jobs", type=int, default=2, help="cases at once (default: 2)")
    return made.parse_args()


def parser(description):
    """What measuring and judging are both told."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pare-corpus"
    made = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--environment", type=Path, default=cache / "undeclared", metavar="DIR")
    made.add_argument("--cases", type=Path, default=HERE / "cases", help="a folder of cases")
    made.add_argument("--only", action="append", metavar="NAME", help="this case; may be repeated")
    made.add_argument("--python", default=default_python(), help="of the target's version, 3.12")
    made.add_argument("--timeout", type=int, default=180, help="seconds for one call")
    return made


def installed(options):
    if not options.environment.exists():
        options.environment.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=".undeclared.", dir=options.environment.parent))
        subprocess.run([
            options.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "--only-binary=:all:", "--root-user-action=ignore", "--target", making,
            "-r", HERE / "requirements.txt"], check=True)
        making.rename(options.environment)
    return options.environment


def chosen(options):
    names = sorted(p.name for p in options.cases.iterdir() if (p / "handler.py").exists())
    if unknown := set(options.only or []) - set(names):
        sys.exit(f"no such case: {', '.join(sorted(unknown))}")
    return [options.cases / name for name in names if not options.only or name in options.only]


def judged(case, environment, options):
    """Whether the truth that is written is the one that is measured; a line about it."""
    said = truth(case)
    try:
        uses, must_not = measured(case, environment, options)
    except CaseFailure as failure:
        print(f"{case.name:34} FAIL {failure}", flush=True)
        return False
    agrees = (said.get("uses"), said.get("must_not")) == (uses, must_not)
    if options.write or options.record:
        made = {"uses": uses, "must_not": must_not}
        made |= {key: said[key] for key in ("visible", "through", "note") if key in said}
        (case / "truth.json").write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n")
    elif not agrees:
        print(f"{case.name:34} FAIL truth.json says otherwise", flush=True)
    print(f"{case.name:34} uses {', '.join(uses) or '-'}; not {', '.join(must_not) or '-'}", flush=True)
    return agrees or options.write or options.record


def measured(case, environment, options):
    allowed = declared(case, environment)
    with tempfile.TemporaryDirectory(prefix="pare-truth-", dir=environment.root.parent) as work:
        work = Path(work)
        function = work / "function"
        shutil.copytree(case, function, ignore=lambda _, names: NOT_SHIPPED & set(names))
        run = Runs(case, function, work, environment, options)
        full = run.on(environment.root)
        if "error" in full:
            raise CaseFailure(f"with everything installed: {full['error']}")
        if options.record:
            text = json.dumps(full["value"], indent=1, ensure_ascii=False, sort_keys=True)
            (case / "expected.json").write_text(text + "\n")
        if not run.agrees(full):
            raise CaseFailure(f"another answer: {json.dumps(full['value'])[:300]}")
        files = [os.path.relpath(file, environment.root) for file in full["modules"]]
        # In the order in which they were loaded.
        loaded = list(dict.fromkeys(filter(None, map(environment.owner_of_file.get, files))))
        uses = run.least(allowed, [name for name in loaded if name not in allowed])
    neutral = environment.closure(uses) | allowed
    named = set(loaded)
    for file in files:
        if file.endswith(".py") and environment.owner_of_file.get(file) in neutral:
            named |= environment.imported_by((environment.root / file).read_bytes())
    return sorted(uses), sorted(named - neutral)


class Runs:
    """Calls of one handler, each with other distributions."""

    def __init__(self, case, function, work, environment, options):
        self.case, self.function, self.work = case, function, work
        self.environment, self.options = environment, options
        self.known = {}

    def agrees(self, said):
        expected = json.loads((self.case / "expected.json").read_text())
        return "value" in said and said["value"] == expected

    def passes(self, allowed, added=()):
        """Whether it answers the same with what is declared, and with these and what they require."""
        names = frozenset(allowed | self.environment.closure(added))
        if names not in self.known:
            folder = tempfile.mkdtemp(prefix="with-", dir=self.work)
            self.environment.link(names, folder)
            self.known[names] = self.agrees(self.on(folder))
            shutil.rmtree(folder)
        return self.known[names]

    def least(self, allowed, loaded):
        """What has to be added to what is declared, as little as possible."""
        if self.passes(allowed):
            return set()
        kept = set(loaded)
        if not self.passes(allowed, kept):
            # Needed and not imported: its metadata, or a file of it.
            loaded = [name for name in self.environment.distributions if name not in allowed]
            kept = set(loaded)
            if not self.passes(allowed, kept):
                raise CaseFailure("another answer where all distributions are linked into one folder")
        # First what brings most along (`xarray` would stand for the `pandas` that it requires), then
        # what was loaded last, most likely for the sake of another.
        size = {name: len(self.environment.closure([name])) for name in loaded}
        order = sorted(reversed(loaded), key=lambda name: -size[name])
        return self.without(order, allowed, kept)

    def without(self, names, allowed, kept):
        """What is still kept when of these as many are taken away as can be, by halves."""
        if not names or self.passes(allowed, kept - set(names)):
            return kept - set(names)
        if len(names) == 1:
            return kept
        half = len(names) // 2
        return self.without(names[half:], allowed, self.without(names[:half], allowed, kept))

    def on(self, installed):
        return called(self.function, installed, self.case, self.work, self.options)


def called(function, installed, case, work, options):
    """What the handler in one folder answers, with what is installed in another."""
    home = Path(tempfile.mkdtemp(prefix="home-", dir=work))
    answer = home / "answer.json"
    command = [
        options.python, "-I", "-S", "-B", "-c", CALL, os.path.realpath(function),
        os.path.realpath(installed), str((case / "event.json").resolve()), str(answer)]
    surroundings = {
        "PATH": "/usr/bin:/bin", "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8", "TZ": "UTC"}
    try:
        done = subprocess.run(
            command, cwd=home, env=surroundings, timeout=options.timeout,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired:
        raise CaseFailure(f"no answer within {options.timeout} s") from None
    if not answer.exists():
        tail = done.stdout.decode(errors="replace")[-300:]
        return {"error": f"the interpreter died ({done.returncode}): {tail}"}
    return json.loads(answer.read_text())


if __name__ == "__main__":
    sys.exit(main())

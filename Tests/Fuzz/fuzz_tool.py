#!/usr/bin/env python3
"""Runs `pare` on damaged projects, and holds it to what it promises.

    python3 Tests/Fuzz/fuzz_tool.py [--pare .build/release/pare] [--seconds 20] [--seed 1] [--from N]

A small project with wheels, a lock, a template, a cache and a report is damaged in one of its files, or
in several, and packaged. Whatever was damaged: the run ends by itself within half a minute, with one of the
documented exit codes and without a signal; an exit code other than 0 has an error on standard error;
every archive that is there afterwards can be unpacked by `zipfile`, and an archive of a run that did not
write it is the one that was there before; nothing is left behind. What fails is printed with its number,
and can be repeated with `--from NUMBER --seconds 1`. Standard library only.
"""

import argparse
import collections
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

CONFIGURATION = """runtime = "python3.12"
environment = "wheels"
requirements = ["requirements.txt"]
[functions.orders]
handler = "orders/app.py:handler"
include = ["data/*.json"]
budget = { zipped = "5 MB" }
[functions.stock]
handler = "stock/app.py:handler"
[distributions.tea]
data = ["tea/*.txt"]
"""

SOURCE = """import json
from tea import leaf
import shop.money as money
try:
    import orjson
except ImportError:
    orjson = None
NAMES = {"a": "shop.plugins.a", "b": "shop.plugins.b"}
def handler(event, context):
    import importlib
    with open(__file__.replace("app.py", "rates.json")) as file:
        return importlib.import_module(NAMES[event["kind"]]).run(json.load(file))
"""


def wheel(name, files, version="1.0"):
    out = io.BytesIO()
    info = "%s-%s.dist-info" % (name, version)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in sorted(files.items()):
            archive.writestr(path, text)
        archive.writestr(info + "/METADATA", "Metadata-Version: 2.1\nName: %s\nVersion: %s\n"
                         "Requires-Dist: rum>=1; extra == 'x'\n" % (name, version))
        archive.writestr(info + "/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(info + "/RECORD", "%s,,\n" % "\n".join(sorted(files)))
    return out.getvalue()


def project():
    tea = wheel("tea", {
        "tea/__init__.py": "", "tea/leaf.py": "import tea.data\nX = 1\n", "tea/t.txt": "x" * 300,
        "tea/data.py": "from importlib.metadata import entry_points\n"})
    return {
        "pare.toml": CONFIGURATION.encode(),
        "requirements.txt": b"tea==1.0 --hash=sha256:" + hashlib.sha256(tea).hexdigest().encode()
        + b"\nrum[x]>=1 ; python_version > '3.8'\n-r more.txt\n",
        "more.txt": b"--index-url https://x.invalid\nleaf @ https://x.invalid/l.whl\n",
        "template.yaml": b"Transform: AWS::Serverless-2016-10-31\nResources:\n  Other:\n"
                         b"    Type: AWS::Serverless::Function\n    Properties: {Handler: stock/app.handler, "
                         b"Runtime: python3.12, CodeUri: !Sub .}\n",
        "orders/app.py": SOURCE.encode(), "orders/rates.json": b'{"EUR": [1, 2.5, null]}',
        "stock/app.py": b"import shop.money\ndef handler(e, c): return e\n",
        "shop/__init__.py": b"__all__ = ['money']\n", "shop/money.py": b"X = 1  # caf\xc3\xa9\n",
        "shop/plugins/__init__.py": b"", "shop/plugins/a.py": b"def run(x): return x\n",
        "shop/plugins/b.py": b"from .a import *\n", "data/x.json": b"{}",
        "wheels/tea-1.0-py3-none-any.whl": tea,
        "wheels/rum-1.0-py3-none-any.whl": wheel("rum", {"rum/__init__.py": "import tea\n"}),
    }


def damage(data, chance, others):
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        place = chance.randrange(len(data) + 1)
        kind = chance.randrange(8)
        if kind == 0 and place < len(data):
            data[place] = chance.randrange(256)
        elif kind == 1:
            del data[place:place + chance.randrange(1, 50)]
        elif kind == 2:
            del data[place:]
        elif kind == 3:
            data[place:place] = data[place:place + chance.randrange(1, 200)]
        elif kind == 4:
            data[place:place] = chance.choice([
                b"\0", b"\xff\xfe", b"\xc3", b"((((" * 500, b"[" * 3000, b'"', b"'''", b"\n\n", b"\r", b"../../",
                b"/etc/passwd", b"C:\\x", b"9" * 40, b"-1", b"null", b"{{", b"}}", b"*" * 60, b"# coding: x\n",
                b"import os, os.path\n", b"PK\x05\x06", b"PK\x01\x02", b"&a [*a]", b"${self:x}", "é".encode()])
        elif kind == 5:
            end = place + chance.choice([1, 2, 4, 8])
            data[place:end] = chance.choice([b"\0", b"\xff"]) * (end - place)
        elif kind == 6:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            data[place:place] = other[start:start + 300]
        elif data:
            data[place % len(data)] ^= 1 << chance.randrange(8)
    return bytes(data)


class Complaint(Exception):
    pass


def files_below(folder):
    return sorted(os.path.join(parent, name)
                  for parent, _, names in os.walk(folder) for name in names)


def one(number, seed, pare, work):
    """Packages one damaged project; what it ended with, and what was damaged."""
    chance = random.Random(seed * 1_000_003 + number)
    root = os.path.join(work, "p")
    shutil.rmtree(root, ignore_errors=True)
    files = project()
    for name, data in files.items():
        path = os.path.join(root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
    cache = os.path.join(work, "cache")
    environment = dict(os.environ, XDG_CACHE_HOME=cache, TMPDIR=os.path.join(work, "tmp"), PATH="/nowhere")
    environment.pop("VIRTUAL_ENV", None)
    os.makedirs(environment["TMPDIR"], exist_ok=True)

    def run(*words):
        try:
            done = subprocess.run(
                [pare, *words, "-C", root], env=environment, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, timeout=30)
        except subprocess.TimeoutExpired:
            raise Complaint("%s took longer than 30 s" % (words,))
        text = done.stderr.decode("utf-8", "replace")
        if done.returncode not in (0, 1, 2, 3):
            raise Complaint("%s ended with %s: %s" % (words, done.returncode, text[-2000:]))
        if done.returncode and "error" not in text and words[0] != "check":
            raise Complaint("%s ended with %s without an error: %s" % (words, done.returncode, text))
        return done

    first = run("package", "--jobs", str(chance.choice([1, 2])))
    if first.returncode:
        raise Complaint("the good project is not packaged: %s" % first.stderr.decode())
    what = chance.choice(["project", "project", "project", "cache", "report", "archive"])
    if what == "project":
        targets = [os.path.join(root, name) for name in
                   chance.sample(sorted(files), chance.choice([1, 1, 1, 2, 5]))]
    elif what == "cache":
        every = files_below(cache)
        targets = chance.sample(every, min(len(every), chance.choice([1, 3, 10])))
    else:
        targets = [os.path.join(root, "dist", "report.json" if what == "report" else "orders.zip")]
    for target in targets:
        with open(target, "rb") as file:
            data = damage(file.read(), chance, list(files.values()))
        with open(target, "wb") as file:
            file.write(data)
    before = {}
    for name in os.listdir(os.path.join(root, "dist")):
        with open(os.path.join(root, "dist", name), "rb") as file:
            before[name] = file.read()

    words = chance.choice([
        ("package",), ("package",), ("package", "--no-cache"), ("package", "--strict"), ("check",),
        ("list",), ("why", "orders", "tea"), ("sbom", "orders"), ("report",), ("diff", root + "/dist/report.json"),
        ("advise",), ("graph", "orders"), ("doctor",)])
    if words[0] in ("report",):
        words = ("report", "--html", os.path.join(root, "page.html"))
    done = run(*words, *(["--format", "json"] if words[0] in ("package", "check", "list") else []))
    written = set()
    if words[0] in ("package", "check", "list"):
        try:
            document = json.loads(done.stdout)
        except ValueError as error:
            raise Complaint("%s printed no JSON: %s" % (words, error))
        if words[0] == "package":
            written = {function["name"] for function in document.get("functions", [])
                       if function.get("codeSha256")}
    for name in os.listdir(os.path.join(root, "dist")):
        if name.endswith(".pare-tmp"):
            raise Complaint("%s is left behind" % name)
        with open(os.path.join(root, "dist", name), "rb") as file:
            data = file.read()
        if not name.endswith(".zip"):
            continue
        if words[0] != "package" or name[:-4] not in written:
            if data != before.get(name):
                raise Complaint("%s is another, and was not written" % name)
        else:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                bad = archive.testzip()
                names = archive.namelist()
            if bad or len(names) != len(set(names)):
                raise Complaint("%s: %s" % (name, bad or names))
    # The sample project has a warning, which '--strict' does not let pass.
    if what in ("cache", "archive") and words == ("package",) and done.returncode:
        raise Complaint("damage to the %s is no reason to stop: %s" % (what, done.stderr.decode()[-2000:]))
    return what, words[0], done.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pare", default=".build/release/pare")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="first", type=int, default=0)
    options = parser.parse_args()
    pare = os.path.abspath(options.pare)
    counts = collections.Counter()
    complaints = []
    number = options.first
    end = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory(prefix="fuzz-") as work:
        while time.monotonic() < end:
            try:
                what, command, code = one(number, options.seed, pare, work)
                counts[what, code] += 1
            except Complaint as complaint:
                complaints.append((number, str(complaint)))
            number += 1
    print("runs %d to %d, seed %d" % (options.first, number, options.seed))
    for (what, code), count in sorted(counts.items()):
        print("  %-8s exit code %d %6d" % (what, code, count))
    for number, text in complaints[:20]:
        print("\nrun %d: %s" % (number, text))
    print("%d complaints" % len(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())

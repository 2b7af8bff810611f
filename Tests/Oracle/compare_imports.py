#!/usr/bin/env python3
"""Compares `pare imports` with CPython's own parser, file by file.

    python3 Tests/Oracle/compare_imports.py [--pare .build/release/pare] [FOLDER ...]

Without folders: the standard library and the site-packages of the interpreter that runs it. For
every `.py` file below them, each import statement has to be the same: line, column, level, module,
names. A file that `ast.parse` refuses has to have a diagnostic of severity error, a file that it
accepts none. Where this interpreter refuses a file that another one accepts (`--also PYTHON`), the
file is listed apart and judged by the other. Exit code 1 where anything disagrees.

With `--mutate N`: N damaged copies of such files instead, of which those that CPython accepts may have
no diagnostic, and have the same imports. (What CPython refuses may pass: the scanner is no parser.)

Standard library only; runs on CPython 3.8 and newer.
"""

import argparse
import ast
import collections
import json
import os
import random
import subprocess
import sys
import sysconfig
import tempfile
import warnings


def source_files(folders):
    for folder in folders:
        if os.path.isfile(folder):
            yield os.path.abspath(folder)
        for parent, children, names in os.walk(folder):
            children.sort()
            for name in sorted(names):
                path = os.path.join(parent, name)
                if name.endswith(".py") and os.path.isfile(path):
                    yield os.path.abspath(path)


def imports_of(source):
    """One row per imported module, in the order of the source; None where it is refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(source)
        except RecursionError:
            raise
        except (SyntaxError, ValueError, LookupError) as error:
            return None, "%s: %s" % (type(error).__name__, error)
    rows = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                rows.append((node.lineno, node.col_offset + 1, 0, alias.name, ()))
        elif isinstance(node, ast.ImportFrom):
            names = tuple(alias.name for alias in node.names)
            rows.append(
                (node.lineno, node.col_offset + 1, node.level or 0, node.module or "", names))
    return sorted(rows), None


JUDGE = """
import sys
sys.path.insert(0, sys.argv[1])
from compare_imports import imports_of
import json
for line in sys.stdin:
    with open(line.rstrip("\\n"), "rb") as file:
        rows, error = imports_of(file.read())
    print(json.dumps([rows, error]), flush=True)
"""


class Judge:
    """Another interpreter's parser."""

    def __init__(self, python):
        self.python = python
        self.process = subprocess.Popen(
            [python, "-c", JUDGE, os.path.dirname(os.path.abspath(__file__))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, universal_newlines=True,
            encoding="utf-8", errors="surrogateescape")

    def imports_of(self, path):
        self.process.stdin.write(path + "\n")
        self.process.stdin.flush()
        rows, error = json.loads(self.process.stdout.readline())
        if rows is not None:
            rows = [tuple(row[:4]) + (tuple(row[4]),) for row in rows]
        return rows, error


PIECES = [
    b"(", b")", b"[", b"]", b"{", b"}", b"'", b'"', b'"""', b"f'", b"\\", b"\n", b"\r", b"\r\n", b"\t",
    b"    ", b"#", b":", b";", b",", b".", b"=", b"==", b":=", b"->", b"*", b"**", b"@", b"import ", b"from ",
    b" as ", b"if ", b"else ", b"lambda: ", b"async ", b"await ", b"yield ", b"not ", b" in ", b" is ",
    b"match ", b"case ", b"type ", b"print ", b"0", b"1_0", b"0x", b"1e", b"1j", b"rb''", b"u''", b"\x0c",
    b"\xe9", b"\xc3\xa9", b"\xef\xbb\xbf", b"# coding: latin-1\n", b"# caf\xe9\n", b"~", b"!", b"$", b"?",
    b"...", b"None", b"del ", b"try:\n", b"except:\n", b"pass\n", b"return ", b"with ", b"for ", b"while ",
]


def mutated(source, chance):
    """A short stretch of the source, damaged in one place or a few."""
    lines = source.splitlines(keepends=True)
    start = chance.randrange(max(1, len(lines)))
    while start and not lines[start][:1].strip():
        start -= 1
    data = bytearray(b"".join(lines[start:start + chance.randrange(5, 60)]))
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        place = chance.randrange(len(data) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            data[place:place] = chance.choice(PIECES)
        elif kind == 1:
            del data[place:place + chance.randrange(1, 6)]
        elif kind == 2 and place < len(data):
            data[place] = chance.randrange(1, 256)
        elif kind == 3:
            data[place:place + chance.randrange(1, 4)] = chance.choice(PIECES)
        else:
            other = chance.randrange(len(data) + 1)
            data[place:place] = data[other:other + chance.randrange(1, 40)]
    return bytes(data)


def compare_mutated(options, files):
    chance = random.Random(options.seed)
    counts = collections.Counter()
    complaints = []
    with tempfile.TemporaryDirectory(prefix="mutated-") as folder:
        for start in range(0, options.mutate, 1000):
            batch = {}
            while len(batch) < min(1000, options.mutate - start):
                with open(chance.choice(files), "rb") as file:
                    data = mutated(file.read(), chance)
                counts["sources"] += 1
                path = os.path.join(folder, "m%d.py" % len(batch))
                with open(path, "wb") as file:
                    file.write(data)
                batch[path] = data
            run = subprocess.run(
                [options.pare, "imports", "--format", "jsonl"] + list(batch),
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            answers = {}
            for line in run.stdout.decode("utf-8", "replace").splitlines():
                answer = json.loads(line)
                answers[os.path.abspath(answer["path"])] = answer
            for path, data in batch.items():
                answer = answers.get(path)
                if answer is None:
                    complaints.append(("no answer", data))
                    continue
                try:
                    expected, _ = imports_of(data)
                except (RecursionError, MemoryError):
                    continue
                if expected is None:
                    counts["refused by CPython"] += 1
                    counts["  of these with a diagnostic"] += bool(answer["diagnostics"])
                    continue
                counts["accepted by CPython"] += 1
                if answer["diagnostics"]:
                    complaints.append((answer["diagnostics"][0]["message"], data))
                elif rows_of(answer) != expected:
                    complaints.append(
                        ("expected %s, found %s" % (expected[:3], rows_of(answer)[:3]), data))
    counts["called wrong, or read otherwise"] = len(complaints)
    for name, count in counts.items():
        print("%-34s %9d" % (name, count))
    for text, data in complaints[:options.show]:
        print("\n--- %s\n%r" % (text, data[:1500]))
    return 1 if complaints else 0


def rows_of(answer):
    return sorted(
        (item["line"], item["column"], item["level"], item["module"], tuple(item["names"]))
        for item in answer["imports"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--pare", default=".build/release/pare", help="the binary to test")
    parser.add_argument("--also", action="append", default=[], metavar="PYTHON")
    parser.add_argument("--show", type=int, default=40, help="how many disagreements to print")
    parser.add_argument("--mutate", type=int, default=0, metavar="N", help="compare N damaged sources")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folders = options.folders or sorted(
        {sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")})
    judges = [Judge(python) for python in options.also]

    files = list(dict.fromkeys(source_files(folders)))
    if options.mutate:
        return compare_mutated(options, files)
    counts = collections.Counter()
    complaints = []
    elsewhere = []
    for start in range(0, len(files), 500):
        batch = files[start:start + 500]
        run = subprocess.run(
            [options.pare, "imports", "--format", "jsonl"] + batch,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        answers = {}
        for line in run.stdout.decode("utf-8", "replace").splitlines():
            answer = json.loads(line)
            answers[os.path.abspath(answer["path"])] = answer
        for path in batch:
            counts["files"] += 1
            answer = answers.get(path)
            if answer is None:
                counts["not answered"] += 1
                complaints.append((path, "no answer"))
                continue
            try:
                with open(path, "rb") as file:
                    expected, error = imports_of(file.read())
            except RecursionError:
                counts["too deep for this interpreter"] += 1
                continue
            if expected is None:
                for judge in judges:
                    other, _ = judge.imports_of(path)
                    if other is not None:
                        expected = other
                        elsewhere.append((path, "%s; accepted by %s" % (error, judge.python)))
                        counts["refused here, accepted by another version"] += 1
                        break
                if expected is not None and answer["diagnostics"]:
                    # Either verdict is right about such a file; the imports are still compared.
                    counts["  of these with a diagnostic"] += 1
            elif answer["diagnostics"]:
                counts["false diagnostic"] += 1
                complaints.append((path, "false diagnostic: %s" % answer["diagnostics"][0]))
            if expected is None:
                counts["refused by CPython"] += 1
                if answer["diagnostics"]:
                    counts["  of these with a diagnostic (all versions refuse)"] += 1
                else:
                    counts["refused, but no diagnostic"] += 1
                    complaints.append((path, "refused without diagnostic: %s" % error))
                continue
            found = rows_of(answer)
            counts["import statements"] += len(expected)
            if found == expected:
                counts["files that agree"] += 1
            else:
                counts["files that disagree"] += 1
                missing = [row for row in expected if row not in found]
                extra = [row for row in found if row not in expected]
                complaints.append((path, "missing %s, extra %s" % (missing[:3], extra[:3])))

    width = max(map(len, counts), default=0)
    for name, count in counts.items():
        print("%-*s %9d" % (width, name, count))
    for title, rows in (("accepted by another version only", elsewhere), ("to see to", complaints)):
        if rows:
            print("\n%s:" % title)
        for path, text in rows[:options.show]:
            print("  %s\n      %s" % (path, text))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())

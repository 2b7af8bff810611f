#!/usr/bin/env python3
"""Compares `pare imports` with CPython's own parser, file by file.

    python3 Tests/Oracle/compare_imports.py [--pare .build/release/pare] [FOLDER ...]

Without folders: the standard library and the site-packages of the interpreter that runs it. For
every `.py` file below them, each import statement has to be the same: line, column, level, module,
names. A file that `ast.parse` refuses has to have a diagnostic of severity error, a file that it
accepts none. Where this interpreter refuses a file that another one accepts (`--also PYTHON`), the
file is listed apart and judged by the other. Exit code 1 where anything disagrees.

Standard library only; runs on CPython 3.8 and newer.
"""

import argparse
import ast
import collections
import json
import os
import subprocess
import sys
import sysconfig
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
    options = parser.parse_args()
    folders = options.folders or sorted(
        {sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")})
    judges = [Judge(python) for python in options.also]

    files = list(dict.fromkeys(source_files(folders)))
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

#!/usr/bin/env python3
"""Compares `pare graph` with `ruff analyze graph` on the same folder, edge by edge, and their times.

    python3 Tests/Oracle/compare_graph.py [--pare .build/release/pare] [--ruff ruff] FOLDER

Prints how many edges both have, and for those that only one has, what explains them: the classes
are described in README.md beside this file. Exit code 1 where an edge between two `.py` files that
only ruff has is in none of the classes. Standard library only.
"""

import argparse
import collections
import json
import os
import resource
import subprocess
import sys
import time


def graph_of(command, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    run = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=dict(os.environ, RAYON_NUM_THREADS=str(os.cpu_count())))
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(run.stdout.decode("utf-8", "surrogateescape")), wall, cpu


def explanation(folder, source, target):
    """Why only one of the two has an edge; None where nothing explains it."""
    if source.endswith(".pyi") or target.endswith(".pyi") or "-stubs/" in source + target:
        return "stubs"
    parent = os.path.dirname(os.path.join(folder, source))
    if not os.path.exists(os.path.join(parent, "__init__.py")):
        return "from a folder without __init__.py"
    parent = os.path.dirname(os.path.join(folder, target))
    if not os.path.exists(os.path.join(parent, "__init__.py")):
        return "to a folder without __init__.py"
    if source == target:
        return "a package that imports itself"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--pare", default=".build/release/pare")
    parser.add_argument("--ruff", default="ruff")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    tools = {
        "pare": [os.path.abspath(options.pare), "graph", "--tree", ".", "--format", "json"],
        "ruff": [options.ruff, "analyze", "graph", "."],
    }
    edges, times = {}, {}
    for name, command in tools.items():
        runs = []
        for _ in range(options.runs):
            graph, wall, cpu = graph_of(command, options.folder)
            runs.append((wall, cpu))
        times[name] = [sorted(column)[len(column) // 2] for column in zip(*runs)]
        edges[name] = {(file, other) for file in graph for other in graph[file]}
        print("%s: %d files, %d edges, %.3f s, %.3f s of processor time (medians of %d)" % (
            name, len(graph), len(edges[name]), times[name][0], times[name][1], options.runs))
    print("ratio: %.1f in time, %.1f in processor time" % (
        times["ruff"][0] / times["pare"][0], times["ruff"][1] / times["pare"][1]))
    print("both: %d" % len(edges["pare"] & edges["ruff"]))
    unexplained = 0
    for name, other in (("pare", "ruff"), ("ruff", "pare")):
        alone = sorted(edges[name] - edges[other])
        classes = collections.Counter()
        for source, target in alone:
            reason = explanation(options.folder, source, target)
            classes[reason or "unexplained"] += 1
            if reason is None:
                print("  only %s: %s -> %s" % (name, source, target))
                unexplained += name == "ruff"
        print("only %s: %d %s" % (name, len(alone), dict(classes)))
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())

"""Writes a report.json of many functions that share most of what they ship.

    python3 make_report.py FILE [FUNCTIONS [MODULES]]

Every function (1,000 without a number) has an own handler and own modules, and reaches others of the
distributions that all choose from until it has MODULES (3,000). Chains are shortest ones, dominators and
retained sizes are worked out from the same edges, so that the page has something true to show. Every
hundredth function chooses alike, its own modules aside. The same arguments give the same bytes.
"""

import collections
import json
import random
import sys


class Universe:
    """The distributions: modules, and what each of these imports at which line."""

    def __init__(self, source):
        self.modules = []
        self.edges = []
        self.distributions = []
        for number in range(120):
            name = "dist-%03d" % number
            first = len(self.modules)
            count = source.randint(60, 400)
            package = name.replace("-", "_")
            for index in range(count):
                self.modules.append({
                    "name": package if index == 0 else "%s.part_%02d.module_%03d" % (package, index // 20, index),
                    "distribution": number, "unzipped": source.randint(200, 40000),
                    "file": "%s/part_%02d/module_%03d.py" % (package, index // 20, index)})
                self.edges.append([])
            for index in range(count):
                # Whatever is in it is reached from its package; some by several ways.
                if index:
                    self.edges[first + source.randrange(index)].append((first + index, source.randint(1, 60)))
                for _ in range(source.choice((0, 1, 2))):
                    self.edges[first + index].append((first + source.randrange(count), source.randint(1, 60)))
                if number and source.random() < 0.001:
                    other = source.randrange(number)
                    self.edges[first + index].append((self.distributions[other][1], source.randint(1, 60)))
            self.distributions.append((name, first, count))


def search(start, edges):
    """Nodes in the order of a search by breadth, and where each was arrived from."""
    arrival, order, queue = {start: None}, [], collections.deque([start])
    while queue:
        node = queue.popleft()
        order.append(node)
        for to, line in edges(node):
            if to not in arrival:
                arrival[to] = (node, line)
                queue.append(to)
    return order, arrival


def dominators(start, edges):
    """The nearest dominator of each node (Cooper, Harvey and Kennedy, A Simple, Fast Dominance Algorithm)."""
    post, seen, stack = [], {start}, [(start, iter(edges(start)))]
    while stack:
        node, rest = stack[-1]
        for to, _ in rest:
            if to not in seen:
                seen.add(to)
                stack.append((to, iter(edges(to))))
                break
        else:
            stack.pop()
            post.append(node)
    number = {node: index for index, node in enumerate(post)}
    before = [[] for _ in post]
    for node in post:
        for to, _ in edges(node):
            before[number[to]].append(number[node])
    above = [None] * len(post)
    last = len(post) - 1
    above[last] = last
    changed = True
    while changed:
        changed = False
        for node in range(last - 1, -1, -1):
            new = None
            for other in before[node]:
                if above[other] is None:
                    continue
                if new is None:
                    new = other
                    continue
                while new != other:
                    while new < other:
                        new = above[new]
                    while other < new:
                        other = above[other]
            if above[node] != new:
                above[node] = new
                changed = True
    return {post[node]: post[above[node]] for node in range(last)}, list(reversed(post))


def function(universe, number, wanted, source):
    name = "function-%04d" % number
    own = [{"name": "functions.f%04d.%s" % (number, part), "distribution": None,
            "unzipped": source.randint(500, 5000), "file": "functions/f%04d/%s.py" % (number, part)}
           for part in ("app", "orders", "prices", "rows")]
    base = len(universe.modules)
    local = {base: [(base + 1, 3), (base + 2, 4), (base + 3, 5)], base + 1: [], base + 2: [], base + 3: []}

    def edges(node):
        return local[node] if node >= base else universe.edges[node]

    def module(node):
        return own[node - base] if node >= base else universe.modules[node]

    reached = 0
    while reached < wanted:
        choice = source.choice(universe.distributions)
        local[base + source.randrange(4)].append((choice[1], source.randint(6, 40)))
        reached = len(search(base, edges)[0])
    order, arrival = search(base, edges)
    above, backward = dominators(base, edges)
    retained = {node: [module(node)["unzipped"], module(node)["unzipped"] * 3 // 10] for node in order}
    # Whatever is dominated stands behind its dominator in reverse postorder.
    for node in reversed(backward):
        if node in above:
            for measure in (0, 1):
                retained[above[node]][measure] += retained[node][measure]
    order.sort(key=lambda node: module(node)["name"])
    position = {node: index for index, node in enumerate(order)}
    used = sorted({module(node)["distribution"] for node in order} - {None})
    shares = {distribution: index for index, distribution in enumerate(used)}
    files, nodes, entries = {}, [], []
    for node in order:
        m = module(node)
        row = {"name": m["name"], "kind": "module"}
        if m["distribution"] is not None:
            row["distribution"] = shares[m["distribution"]]
        row.update(unzipped=m["unzipped"], zipped=m["unzipped"] * 3 // 10, retained=retained[node][0],
                   retainedZipped=retained[node][1])
        if arrival[node]:
            origin, line = arrival[node]
            path = module(origin)["file"]
            if module(origin)["distribution"] is not None:
                path = "site/" + path
            at = [files.setdefault(path, len(files)), line, 1]
            row.update(dominator=position[above[node]], **{"from": position[origin]}, reason="top-level", at=at)
            if module(origin)["distribution"] is None:
                row["source"] = "from %s import name" % m["name"]
        nodes.append(row)
        entries.append({
            "path": m["file"], "unzipped": m["unzipped"], "zipped": m["unzipped"] * 3 // 10,
            "distribution": None if m["distribution"] is None else universe.distributions[m["distribution"]][0],
            "reason": "top-level" if arrival[node] else "handler", "node": position[node]})
    entries.sort(key=lambda entry: entry["path"])
    distributions = []
    for distribution in used:
        mine = [module(node) for node in order if module(node)["distribution"] == distribution]
        unzipped, zipped = sum(m["unzipped"] for m in mine), sum(m["unzipped"] * 3 // 10 for m in mine)
        distributions.append({"name": universe.distributions[distribution][0], "version": "1.0", "unzipped": unzipped,
                              "zipped": zipped, "whole": unzipped * 2, "retained": unzipped, "retainedZipped": zipped})
    unzipped, zipped = sum(e["unzipped"] for e in entries), sum(e["zipped"] for e in entries)
    head = {
        "name": name, "handler": "functions.f%04d.app.handler" % number, "entryPoint": "functions.f%04d.app.handler" % number,
        "provider": "aws-lambda", "runtime": "python3.12", "architecture": "x86_64",
        "origin": {"file": "pare.toml", "line": number + 1, "column": 1}, "archive": "dist/%s.zip" % name,
        "codeSha256": None, "contentDigest": "%064x" % number, "modules": len(nodes), "unzipped": unzipped,
        "zipped": zipped + 100, "wholeEnvironment": unzipped * 4,
        "measures": [{"kind": "limit", "measure": "unzipped", "bytes": unzipped, "bound": 262144000,
                      "share": unzipped / 262144000, "source": "a page", "layers": 0, "location": None}],
        "distributions": distributions, "blindSpots": [], "leftOut": [], "reasons": {"top-level": len(nodes) - 1},
        "files": list(files)}
    return head, nodes, entries


def main():
    path = sys.argv[1]
    functions = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 3000
    source = random.Random(20)
    universe = Universe(source)
    dump = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
    shapes = []
    with open(path, "w") as file:
        file.write('{\n  "schemaVersion": 2,\n  "functions": [')
        for number in range(functions):
            if number < 100:
                head, nodes, entries = function(universe, number, wanted, source)
                text = json.dumps(head, indent=2, ensure_ascii=False)[:-2].replace("\n", "\n    ")
                for key, rows in (("nodes", nodes), ("entries", entries)):
                    text += ',\n      "%s": [\n        ' % key + ",\n        ".join(map(dump, rows)) + "\n      ]"
                shapes.append(text)
            text = shapes[number % 100]
            for spelling in ("functions.f%04d.", "functions/f%04d/", "function-%04d"):
                text = text.replace(spelling % (number % 100), spelling % number)
            file.write(("," if number else "") + "\n    " + text + "\n    }")
        file.write('\n  ],\n  "diagnostics": [],\n  "zlibVersion": "1.3.1"\n}\n')


main()

"""What is installed in a folder: distributions, the modules that they own, what they require."""

import ast
import csv
import json
import os
import re
from email.parser import HeaderParser
from functools import cached_property
from pathlib import Path

from pip._vendor.packaging.requirements import Requirement

# The target's answers, whichever Python runs this.
TARGET = {
    "implementation_name": "cpython", "implementation_version": "3.12.1", "os_name": "posix",
    "platform_machine": "x86_64", "platform_python_implementation": "CPython",
    "platform_release": "", "platform_system": "Linux", "platform_version": "",
    "python_full_version": "3.12.1", "python_version": "3.12", "sys_platform": "linux",
}
SUFFIX = re.compile(r"(\.cpython-[\w-]+|\.abi3)?\.(py|so)$")


def statements(tree):
    """All nodes, apart from what stands below `if TYPE_CHECKING:`, which never runs."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        below = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            below = node.body if ast.unparse(node.test).startswith("not ") else node.orelse
        waiting += below


def normalised(name):
    return re.sub(r"[-_.]+", "-", name).lower()


class Distribution:
    """One `*.dist-info`: its normalised name, its files below the folder, its requirements."""

    def __init__(self, info):
        self.root = info.parent
        self.metadata = HeaderParser().parsestr((info / "METADATA").read_text(errors="replace"))
        self.name = normalised(self.metadata["Name"])
        with open(info / "RECORD", newline="") as file:
            rows = [row[0] for row in csv.reader(file) if row]
        self.files = [f for f in rows if not f.startswith(("..", "/")) and (self.root / f).is_file()]

    @cached_property
    def requirements(self):
        return [Requirement(line) for line in self.metadata.get_all("Requires-Dist") or []]

    def requires(self, extras):
        """Pairs of a normalised name and the extras asked of it."""
        for requirement in self.requirements:
            asked = [{**TARGET, "extra": extra} for extra in extras or {""}]
            if requirement.marker is None or any(map(requirement.marker.evaluate, asked)):
                yield normalised(requirement.name), frozenset(requirement.extras)


class Environment:
    """The distributions of one folder, by name, and which of them owns a module or a file."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        found = [Distribution(info) for info in sorted(self.root.glob("*.dist-info"))]
        self.distributions = {each.name: each for each in found}
        self.owner_of_file = {file: each.name for each in found for file in each.files}
        self.owner_of_module = {}
        for file, name in self.owner_of_file.items():
            if SUFFIX.search(file):
                module = SUFFIX.sub("", file).replace("/", ".").removesuffix(".__init__")
                self.owner_of_module.setdefault(module, name)

    def owner(self, module):
        """The distribution of `a.b.c`, or of the longest beginning of it that is one's: `a.b`."""
        while module:
            if module in self.owner_of_module:
                return self.owner_of_module[module]
            module = module.rpartition(".")[0]
        return None

    def imported_by(self, source):
        """Distributions that a file's import statements name, wherever a call could meet them."""
        try:
            tree = ast.parse(source)
        except SyntaxError:
            # A template, or a test of what cannot be parsed.
            return set()
        found = set()
        for node in statements(tree):
            if isinstance(node, ast.Import):
                found |= {self.owner(alias.name) for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                # `from google.cloud import storage`: the module named last decides.
                found |= {self.owner(f"{node.module}.{alias.name}") for alias in node.names}
        return found - {None}

    def imported_from(self, names):
        """Distributions that any module of these imports."""
        found = set()
        for name in names:
            for file in self.distributions[name].files:
                if file.endswith(".py"):
                    found |= self.imported_by((self.root / file).read_bytes())
        return found

    def closure(self, names):
        """These, and all that they require, extras only where a requirement asks for them."""
        seen, waiting = set(), [(name, frozenset()) for name in names]
        while waiting:
            name, extras = waiting.pop()
            if (name, extras) not in seen and name in self.distributions:
                seen.add((name, extras))
                waiting += self.distributions[name].requires(extras)
                if extras:
                    waiting.append((name, frozenset()))
        return {name for name, _ in seen}

    def link(self, names, folder):
        """A folder with these distributions alone; the same files, not copies."""
        made = set()
        for name in sorted(names):
            for file in self.distributions[name].files:
                for each in (file, compiled(file)):
                    target = f"{folder}/{each}"
                    if os.path.exists(self.root / each) and not os.path.exists(target):
                        parent = target.rpartition("/")[0]
                        if parent not in made:
                            os.makedirs(parent, exist_ok=True)
                            made.add(parent)
                        os.link(self.root / each, target)


def compiled(file):
    """Where CPython 3.12 keeps the bytecode of a source file, beside it."""
    folder, _, name = file.rpartition("/")
    return f"{folder}/__pycache__/{name.removesuffix('.py')}.cpython-312.pyc".lstrip("/")


def sources(case):
    """The function's own Python files, as text."""
    return [path.read_text() for path in sorted(case.rglob("*.py"))]


def declared(case, environment):
    """What stands in an environment that is made for this function alone."""
    own = set().union(*(environment.imported_by(source) for source in sources(case)))
    return environment.closure(own)


def truth(case):
    path = case / "truth.json"
    return json.loads(path.read_text()) if path.exists() else {}

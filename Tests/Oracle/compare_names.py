#!/usr/bin/env python3
"""Runs small random programs and compares what they import by name with what `pare` sees in them.

    python3 Tests/Oracle/compare_names.py [--pare .build/release/pare] [--count 20000] [--seed 1]

Each program binds names in all the ways that Python has, changes texts, lists, sets and dictionaries,
and gives them to `import_module` here and there. It is executed with an `import_module` that notes
the line and the name, and `pare imports --computed` reads the same file. What was imported has to be
among the names that pare gives for that line, or match a template of it, or the line has to be told as
blind. What `outside()` returns is nowhere in the source. A hole in a template is taken for whatever fits:
how deep below a package it reaches is not the scanner's to say. Exit code 1 where something was lost in
silence; the program is printed.

Standard library only; runs on CPython 3.10 and newer.
"""

import argparse
import fnmatch
import importlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import types

TEXTS = "abc"
LISTS = "LM"
TABLES = "DE"
WORDS = ["pkg", "one", "two", "six", "red", "blue", "pkg.mod", "pkg.sub.deep", "one.tail"]
TAILS = [".mod", ".left", ".right", "_end", "."]
KEYS = ["k", "q", "z"]
# Processor seconds for one program, so that a loaded machine sees the same imports as an idle one. Nearly
# all take a millisecond; a list that grows while it is walked goes on for ever.
TIME = 0.3


class Program:
    """Builds one program; every expression is right for its type, so that it mostly runs."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.indent = 0
        self.functions = 0
        self.budget = self.random.randint(4, 14)
        self.in_function = False

    def pick(self, *choices):
        return self.random.choice(choices)

    def chance(self, share):
        return self.random.random() < share

    def emit(self, line):
        self.lines.append("    " * self.indent + line)

    # Expressions

    def word(self):
        return repr(self.pick(*WORDS))

    def text(self, depth=2):
        r = self.random.random()
        if depth == 0 or r < 0.3:
            return self.word()
        if r < 0.55:
            return self.pick(*TEXTS)
        if r < 0.63:
            return "outside()"
        part = self.text(depth - 1)
        tail = repr(self.pick(*TAILS))
        return self.pick(
            f"({part} + {tail})",
            "f\"{%s}%s\"" % (self.pick(*TEXTS), self.pick(*TAILS)),
            f"(%s %% %s)" % (repr("%s" + self.pick(*TAILS)), self.pick(*TEXTS)),
            f"'{{}}.{{}}'.format({self.pick(*TEXTS)}, {self.word()})",
            f"({part} if flag() else {self.text(depth - 1)})",
            f"({part} or {self.word()})",
            f"{self.pick(*LISTS)}[0]",
            f"{self.pick(*LISTS)}[-1]",
            f"{self.pick(*TABLES)}.get({self.key()}, {part})",
            f"{self.pick(*TABLES)}[{self.key()}]",
            f"'.'.join({self.pick(*LISTS)})",
            f"'.'.join([{part}, {self.word()}])",
            f"{self.pick(*TEXTS)}.partition('.')[0]",
            f"{self.pick(*TEXTS)}.rsplit('.', 1)[0]",
            f"{self.pick(*TEXTS)}.split('.')[-1]",
            f"{self.pick(*TEXTS)}.strip().lower()",
            f"next(iter({self.pick(*LISTS)}))",
            f"(lambda x: x)({part})",
            f"[x for x in {self.pick(*LISTS)}][0]",
            f"max({self.pick(*LISTS)})",
        )

    def key(self):
        return self.pick(*[repr(k) for k in KEYS], "key()")

    def list(self, depth=1):
        items = ", ".join(self.text(1) for _ in range(self.random.randint(1, 3)))
        choices = [
            f"[{items}]",
            f"[{items}]",
            self.pick(*LISTS),
            f"list({self.pick(*LISTS)})",
            f"list({self.pick(*TABLES)}.values())",
            f"sorted({self.pick(*LISTS)})",
            f"[x for x in {self.pick(*LISTS)}]",
            f"[x + '.c' for x in {self.pick(*LISTS)}]",
            f"list(({items},))",
            f"{self.pick(*LISTS)}[:]",
            f"{self.pick(*LISTS)}.copy()",
            f"[*{self.pick(*LISTS)}, {items}]",
        ]
        if depth:
            choices.append(f"({self.list(0)} + {self.list(0)})")
        return self.pick(*choices)

    def table(self):
        rows = ", ".join(f"{k!r}: {self.text(1)}" for k in KEYS)
        return self.pick(
            "{%s}" % rows,
            "{%s}" % rows,
            self.pick(*TABLES),
            f"dict({self.pick(*TABLES)})",
            "{**%s, 'k': %s}" % (self.pick(*TABLES), self.text(1)),
            "{k: x for k, x in %s.items()}" % self.pick(*TABLES),
            "dict(%s, q=%s)" % (self.pick(*TABLES), self.text(1)),
        )

    # Statements

    def block(self, count):
        self.indent += 1
        for _ in range(count):
            self.statement()
        self.indent -= 1

    def use(self):
        # What is asked after its list has changed.
        name, table = self.pick(*LISTS), self.pick(*TABLES)
        self.emit(
            self.pick(
                f"kept = reversed({name}); {name}.append({self.text()}); [import_module(x) for x in kept]",
                f"kept = zip({name}, {name}); {name}.insert(0, {self.text()}); [import_module(y) for x, y in kept]",
                f"kept = (x for x in {name}); {name}.append({self.text()}); [import_module(x) for x in kept]",
                f"kept = {table}.values(); {table}['n'] = {self.text()}; [import_module(x) for x in kept]",
                f"kept = map(import_module, {name}); {name}.append({self.text()}); list(kept)",
                f"kept = map(lambda x: import_module(x), {name}); {name} += {self.list()}; list(kept)",
                f"import_module({self.text()})",
                f"import_module({self.pick(*TEXTS)})",
                f"import_module({self.pick(*TEXTS)})",
                f"[import_module(x) for x in {self.pick(*LISTS)}]",
                f"for x in {self.pick(*LISTS)}: import_module(x)",
                f"for k, x in {self.pick(*TABLES)}.items(): import_module(x)",
                f"import_module({self.pick(*TABLES)}[{self.key()}])",
                f"import_module('.'.join({self.pick(*LISTS)}))",
                f"import_module(name={self.text()})",
                f"import_module('.' + {self.pick(*TEXTS)}, 'pkg')",
                f"import_module('.x', {self.pick(*TEXTS)})",
                f"list(map(import_module, {self.pick(*LISTS)}))",
                f"wrap({self.text()})",
                f"(lambda *given, **named: [import_module(x) for x in (*given, *named.values())])({self.text()})",
                f"list(map(lambda x: import_module(x), {self.pick(*LISTS)}))",
                f"import_module(*[{self.text()}])",
                f"import_module(**{{'name': {self.text()}}})",
                f"__import__('importlib').import_module({self.text()})",
                f"[f({self.text()}) for f in [import_module]]",
                f"{{'go': import_module}}['go']({self.text()})",
                f"Loader({self.text()}).load()",
                f"Loader(stem={self.text()}).load('.tail')",
                f"pick({self.pick(*LISTS)}, 0)",
                f"wrap({self.word()})",
                f"below({self.pick(*TEXTS)}, {self.word()})",
                f"below(tail={self.text(1)}, head={self.word()})",
                f"several({self.text()}, *{self.pick(*LISTS)})",
                f"named(name={self.text()})",
                f"partial(import_module, {self.text()})()",
                f"partial(wrap, {self.pick(*TEXTS)})()",
                f"load = import_module; load({self.text()})",
                f"load = partial(import_module, package='pkg'); load('.' + {self.text(1)})",
                f"(lambda n: import_module(n))({self.text()})",
                f"importlib.import_module({self.text()})",
                f"getattr(importlib, 'import_module')({self.text()})",
                f"getattr(importlib, 'import_' + 'module')({self.pick(*TEXTS)})",
                f"list(map(getattr(importlib, 'import_module'), {self.pick(*LISTS)}))",
                f"load = getattr(importlib, 'import_module'); load({self.text()})",
                f"vars(importlib)['import_module']({self.text()})",
                f"operator.methodcaller('import_module', {self.text()})(importlib)",
                f"operator.attrgetter('import_module')(importlib)({self.text()})",
                f"import_module(C.name)",
                f"import_module(C.base + {self.pick(*TAILS)!r})",
                f"import_module(C().made)",
                f"C({self.text()}).go()",
                f"[import_module(x) for x in C.many]",
                f"import_module(D2[{self.key()}][0])",
                f"[import_module(y) for x in D2.values() for y in x]",
                f"{{import_module(x): 1 for x in set({self.pick(*LISTS)})}}",
                f"any(import_module(x) for x in reversed({self.pick(*LISTS)}))",
                f"for x, y in zip({self.pick(*LISTS)}, {self.pick(*LISTS)}): import_module(y)",
                f"while {self.pick(*LISTS)}: import_module({self.pick(*LISTS)}.pop()); break",
            ))

    def change(self):
        name = self.pick(*LISTS)
        table = self.pick(*TABLES)
        self.emit(
            self.pick(
                f"{name}.append({self.text()})",
                f"{name}.append({self.text()})",
                f"{name}.extend({self.list()})",
                f"{name}.insert(0, {self.text()})",
                f"{name}[0] = {self.text()}",
                f"{name}[-1] = {self.text()}",
                f"{name}[:1] = {self.list()}",
                f"{name} += {self.list()}",
                f"{name}.reverse()",
                f"{name}.sort()",
                f"{name}.pop(0) if len({name}) > 1 else None",
                f"del {name}[1:]",
                f"{table}[{self.key()}] = {self.text()}",
                f"{table}[{self.key()}] += {self.pick(*TAILS)!r}",
                f"{table}.update({self.table()})",
                f"{table}.update(k={self.text()})",
                f"{table}.setdefault('n', {self.text()})",
                f"{table} |= {self.table()}",
                f"{table}.pop('n', None)",
                f"[{name}.append(x) for x in {self.list()}]",
                f"put = {name}.append; put({self.text()})",
                f"fill({name}, {self.text()})",
                f"{self.pick(*LISTS)} = {name}",
                f"{self.pick(*TABLES)} = {table}",
                f"L = M = {self.list()}",
                f"C.name = {self.text()}",
                f"setattr(C, 'base', {self.text()})",
                f"C.many.append({self.text()})",
                f"D2['k'].append({self.text()})",
                f"D2[{self.key()}] = {self.list()}",
                f"D2.setdefault('z', []).extend({self.list()})",
                f"{name}.__setitem__(0, {self.text()})",
                f"{name}.extend(x for x in {self.list()})",
                f"{name}[:] = {self.list()}",
                f"{name}[len({name}):] = {self.list()}",
                f"{name} *= 2",
                f"operator.setitem({table}, 'k', {self.text()})",
                f"list.append({name}, {self.text()})",
                f"dict.update({table}, q={self.text()})",
                f"{table}.update([('z', {self.text()})])",
                f"{table}.update(zip(KEYS, {self.list()}))",
                f"vars()[{self.pick(*TEXTS)!r}] = {self.text()}",
                f"for {table}[{self.key()}] in {self.list()}: pass",
                f"{table}['k'], {name}[0] = {self.text()}, {self.text()}",
                f"[{name}[0], *{self.pick(*LISTS)}] = {self.list()}",
                f"with holds({self.text()}) as {table}['q']: pass",
                f"{name}.insert(*(0, {self.text()}))",
                f"(lambda t: t.append({self.text()}))({name})",
            ))

    def bind(self):
        a, b = self.random.sample(TEXTS, 2)
        value = self.text()
        self.emit(
            self.pick(
                f"{a} = {value}",
                f"{a} = {value}",
                f"{a} = {b} = {value}",
                f"{a}, {b} = {value}, {self.text()}",
                f"({a}, [{b}]) = {value}, [{self.text()}]",
                f"{a}, *rest = {self.list()}; {b} = rest[0] if rest else 'one'",
                f"*rest, {a} = {self.list()}",
                f"{a} = {value}; {b} = outside()",
                f"{a} += {self.pick(*TAILS)!r}",
                f"{a} += {self.pick(*TAILS)!r}; {a} += 'x'",
                f"{a}: str = {value}",
                f"({a} := {value})",
                f"{a} = ({b} := {value}) + '.w'",
                f"flag() and ({a} := {value})",
                f"for {a} in {self.list()}: pass",
                f"for {a}, {b} in [({value}, {self.text()})]: pass",
                f"for i, {a} in enumerate({self.list()}): pass",
                f"with holds({value}) as {a}: pass",
                f"with holds(({value}, 'one')) as ({a}, {b}): pass",
                f"{self.pick(*LISTS)} = {self.list()}",
                f"{self.pick(*TABLES)} = {self.table()}",
                f"[{a} := x for x in {self.pick(*LISTS)}]",
                f"{a} = {self.pick(*LISTS)}.pop() if False else {value}",
                f"import hidden_{a} as {a}; {a} = {a}.__name__",
                f"{a} = {a}",
                f"{a}, {b} = {b}, {a}",
                f"del {a}; {a} = {value}",
                f"exec({(a + ' = outside()')!r})" if not self.in_function else f"{a} = {value}",
                f"globals()[{a!r}] = {value}",
                f"globals().update({a}={value})",
                f"def {a}(): pass\n{'    ' * self.indent}{a} = {a}.__name__ + {value}",
                f"class {a}: word = {value}\n{'    ' * self.indent}{a} = {a}.word",
                f"({a}, {b}), *_ = [({value}, {self.text()})]",
                f"[{a}, [{b}, *_]] = [{value}, {self.list()}]",
                f"for ({a}, *rest) in [{self.list()}, {self.list()}]: pass",
                f"for {a} in (x + '.y' for x in {self.list()}): pass",
                f"{a} = {b} if ({b} := {value}) else 'one'",
                f"{a} = [{b} := x + '.z' for x in {self.pick(*LISTS)}][0]",
                f"{a} = {{x: y for x, y in {self.pick(*TABLES)}.items()}}['k']",
                f"[import_module({a}) for x in {self.pick(*LISTS)} if ({a} := x)]",
                f"{a} = [{b} for x in {self.pick(*LISTS)} if ({b} := x + '.n')][0]",
                f"{a} = next((x for x in {self.pick(*LISTS)} if flag()), {value})",
                f"{a} = (lambda x={value}: x)()",
                f"with holds({value}) as {a}, holds({a} + '.v') as {b}: pass",
                f"{a} = getattr(C, 'base')",
                f"{a} = C.name",
                f"{a} = '{{x}}.end'.format_map({{'x': {value}}})",
                f"{a} = ''.join(['pkg.', {value}])",
                f"{a} = {value}.replace('one', 'two')",
                f"{a} = {value}.removeprefix('pkg.')",
                f"{a} = {value}[:3]",
                f"{a} = {value} * 2",
                f"{a} = str.format('{{}}.m', {value})",
                f"{a} = '%s.%s' % ({value}, {self.text()})",
                f"{a} = '%(k)s.q' % {self.pick(*TABLES)}",
                f"{a} = '{{k}}'.format(**{self.pick(*TABLES)})",
                f"{a} = f'{{{b}!s}}.{{{b}:s}}'",
                f"{a} = '{{}}.{{}}'.format(*{self.pick(*LISTS)}, {value})",
                f"{a} = '%s.%s' % (*{self.pick(*LISTS)}[:1], {value})",
                f"{a} = '{{k}}.{{}}'.format({value}, **{self.pick(*TABLES)})",
                f"{a} = '{{k}}.x'.format_map({self.pick(*TABLES)})",
                f"{a} = {self.pick(*LISTS)}.pop() or {value}",
                f"{a} = next(iter({self.pick(*LISTS)}), {value})",
                f"{a} = {value}.replace('.', '_')",
                f"{a} = {value}.removesuffix('.mod')",
                f"{a} = (lambda x, y='.y': x + y)({value})",
                f"{a} = functools.reduce(lambda p, q: p + q, {self.pick(*LISTS)})",
                f"exec('{a} = ' + repr({value}), globals())",
            ))

    def compound(self):
        r = self.random.random()
        count = self.random.randint(1, 3)
        if r < 0.2:
            self.emit("if flag():")
            self.block(count)
            if self.chance(0.5):
                self.emit("else:")
                self.block(1)
        elif r < 0.35:
            self.emit(f"for {self.pick('i', *TEXTS)} in [{self.word()}, outside()]:")
            self.block(count)
        elif r < 0.42:
            self.emit("n = 0")
            self.emit("while n < 2:")
            self.indent += 1
            self.emit("n += 1")
            self.indent -= 1
            self.block(count)
        elif r < 0.52:
            self.emit("try:")
            self.block(count)
            self.indent += 1
            if self.chance(0.5):
                self.emit("raise ValueError('six')")
            self.indent -= 1
            self.emit(f"except ValueError as {self.pick('e', 'e', self.pick(*TEXTS))}:")
            name = self.lines[-1].split()[-1][:-1]
            self.indent += 1
            self.emit(f"kept = str({name})")
            self.indent -= 1
            self.block(1)
            if name in TEXTS:
                self.emit(f"{name} = {self.word()}")
        elif r < 0.56:
            self.emit("match {'k': %s, 'q': [%s, %s]}:" % (self.text(), self.text(), self.text()))
            self.indent += 1
            a, b = self.random.sample(TEXTS, 2)
            self.emit(
                "case " + self.pick(
                    f"{{'k': {a}, **others}}:", f"{{'q': [{a}, {b}]}}:", f"{{'q': [*_, {b}]}}:",
                    f"{{'k': 'pkg' | 'one' as {a}}}:", f"{{'k': str({a})}}:"))
            self.block(count)
            self.indent -= 1
        elif r < 0.6:
            self.emit(f"match [{self.text()}, {self.text()}]:")
            self.indent += 1
            self.emit(
                "case " + self.pick(
                    f"[{self.pick(*TEXTS)}, *_]:", f"[str() as {self.pick(*TEXTS)}, _]:",
                    f"[_, {self.pick(*TEXTS)}]:"))
            self.indent -= 1
            self.indent += 1
            self.block(count)
            self.indent -= 1
        elif r < 0.92 and self.functions < 4:
            self.function(count)
        elif r < 0.96:
            self.emit("class K:")
            self.block(count)
        else:
            self.nested(count)

    def function(self, count):
        self.functions += 1
        name = f"f{self.functions}"
        parameters = [p for p in (*TEXTS, *LISTS, *TABLES) if self.chance(0.25)]
        free = [p for p in (*TEXTS, *LISTS, *TABLES) if p not in parameters]
        outer = self.in_function
        self.emit(f"def {name}({', '.join(parameters)}):")
        self.indent += 1
        shared = [p for p in free if self.chance(0.5)]
        if shared:
            self.emit(f"global {', '.join(shared)}")
        local = [p for p in free if p not in shared]
        if local and self.chance(0.7):
            for p in local:
                value = self.text(1) if p in TEXTS else self.list(0) if p in LISTS else self.table()
                for one in (*TEXTS, *LISTS, *TABLES):
                    value = value if one not in shared + parameters else value
                self.emit(f"{p} = {self.fresh(p)}")
        self.in_function = True
        for _ in range(count + 1):
            self.statement()
        if self.chance(0.4):
            self.emit(f"return {self.pick(*TEXTS)}")
        self.in_function = outer
        self.indent -= 1
        given = [self.pick(p, self.fresh(p)) for p in parameters]
        given = [
            f"{p}={v}" if self.chance(0.2) and all(True for _ in given) else v
            for p, v in zip(parameters, given)
        ]
        # Behind a keyword, all are given by keyword.
        seen = False
        for i, (p, v) in enumerate(zip(parameters, given)):
            if v.startswith(p + "="):
                seen = True
            elif seen:
                given[i] = f"{p}={v}"
        call = f"{name}({', '.join(given)})"
        self.emit(self.pick(call, call, f"{self.pick(*TEXTS)} = str({call} or 'one')", f"import_module({call} or 'two')"))

    def nested(self, count):
        """A function in a function, which binds what the outer one has."""
        a, b = self.random.sample(TEXTS, 2)
        self.functions += 1
        self.emit(f"def g{self.functions}({a}, {b}={self.word()}, *rest, **more):")
        self.indent += 1
        self.emit(f"def inner({self.pick('', a)}):")
        self.indent += 1
        if "inner()" in self.lines[-1]:
            self.emit(f"nonlocal {a}")
        outer, self.in_function = self.in_function, True
        self.emit(self.pick(f"{a} += '.in'", f"{a} = {self.text()}", f"{a} = {b} + '.up'"))
        self.emit(f"import_module({a})")
        self.indent -= 1
        self.emit("inner(%s)" % self.pick(a, b) if "inner()" not in "".join(self.lines[-4:]) else "inner()")
        self.emit(self.pick(f"import_module({a})", f"import_module({b})", "[import_module(x) for x in rest]",
                            "[import_module(x) for x in more.values()]"))
        for _ in range(count):
            self.statement()
        self.in_function = outer
        self.indent -= 1
        self.emit(f"g{self.functions}({self.text()}, {self.text()}, {self.text()}, key={self.text()})")

    def fresh(self, name):
        if name in TEXTS:
            return self.word()
        if name in LISTS:
            return f"[{self.word()}, {self.word()}]"
        return "{%s}" % ", ".join(f"{k!r}: {self.word()}" for k in KEYS)

    def statement(self):
        self.budget -= 1
        r = self.random.random()
        if r < 0.3:
            self.use()
        elif r < 0.55:
            self.bind()
        elif r < 0.8:
            self.change()
        elif self.budget > 0 and self.indent < 3:
            self.compound()
        else:
            self.bind()

    def source(self):
        self.emit("import functools, importlib, operator")
        self.emit("from functools import partial")
        self.emit("from importlib import import_module")
        self.emit("from outer import outside, flag, key, holds")
        for name in TEXTS + LISTS + TABLES:
            self.emit(f"{name} = {self.fresh(name)}")
        self.emit("def fill(items, item): items.append(item)")
        self.emit("def wrap(name): return import_module(name)")
        self.emit("def below(head, tail='mod'): return import_module(head + '.' + tail)")
        self.emit("def several(*names): return [import_module(name) for name in names]")
        self.emit("def named(**given): return import_module(given['name'])")
        self.emit("def pick(names, at): import_module(names[at])")
        self.emit("class Loader:")
        self.emit("    stem = 'pkg'")
        self.emit("    load_module = staticmethod(import_module)")
        self.emit("    def __init__(self, stem=None): self.stem = stem or self.stem")
        self.emit("    def load(self, tail=''): self.load_module(self.stem + tail)")
        self.emit(f"KEYS = {KEYS!r}")
        rows = ", ".join(f"{k!r}: [{self.word()}, {self.word()}]" for k in KEYS)
        self.emit("D2 = {%s}" % rows)
        self.emit("class C:")
        self.emit(f"    name = {self.word()}")
        self.emit("    base = name + '.base'")
        self.emit(f"    many = [{self.word()}, name]")
        self.emit(f"    def __init__(self, given={self.word()}):")
        self.emit("        self.given = given")
        self.emit("        self.made = self.base + '.made'")
        self.emit("    def go(self):")
        self.emit("        import_module(self.given)")
        self.emit("        import_module(f'{self.name}.go')")
        while self.budget > 0:
            self.statement()
        self.use()
        self.use()
        return "\n".join(self.lines) + "\n"


class Halt(BaseException):
    """A list that grows while it is walked has no end."""


def halt(*_):
    raise Halt


def run(source, seed):
    """The lines on which the program imported, each with the names."""
    chooser = random.Random(seed * 7 + 1)
    seen = set()
    steps = [0]

    def note(name, package=None):
        line = sys._getframe(1).f_lineno
        steps[0] += 1
        if steps[0] > 300:
            raise Halt
        if isinstance(name, str):
            if name.startswith("."):
                if not package:
                    return None
                name = importlib.util.resolve_name(name, package)
            if name and not name.endswith(".") and ".." not in name:
                seen.add((line, name))
        return None

    class Holds:
        def __init__(self, value):
            self.value = value

        def __enter__(self):
            return self.value

        def __exit__(self, *_):
            return False

    outer = types.ModuleType("outer")
    outer.outside = lambda: "hidden%d" % chooser.randrange(3)
    outer.flag = lambda: chooser.random() < 0.5
    outer.key = lambda: chooser.choice(KEYS)
    outer.holds = Holds
    sys.modules["outer"] = outer
    for name in TEXTS:
        sys.modules["hidden_" + name] = types.ModuleType("hidden_" + name)
    real = importlib.import_module
    importlib.import_module = note
    signal.signal(signal.SIGVTALRM, halt)
    signal.setitimer(signal.ITIMER_VIRTUAL, TIME)
    try:
        exec(compile(source, "program", "exec"), {"__name__": "program", "outside": outer.outside})
    except (Halt, Exception):
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        importlib.import_module = real
    return seen


def is_told(name, facts):
    for fact in facts:
        if fact["form"] == "blind":
            return True
        if fact["level"] == 0 and fact["form"] in ("dynamic", "template"):
            if fnmatch.fnmatchcase(name, fact["name"]):
                return True
    return False


def judge(pare, seeds, folder):
    programs = {}
    for seed in seeds:
        source = Program(seed).source()
        try:
            compile(source, "program", "exec")
        except SyntaxError:
            continue
        path = os.path.join(folder, "p%d.py" % seed)
        with open(path, "w", encoding="utf-8") as file:
            file.write(source)
        programs[path] = (seed, source)
    answer = subprocess.run(
        [pare, "imports", "--computed", "--format", "jsonl", folder], stdout=subprocess.PIPE, check=False)
    facts = {}
    for line in answer.stdout.splitlines():
        row = json.loads(line)
        facts[os.path.basename(row["path"])] = row["computed"]
    lost, imports, blind = [], 0, 0
    for path, (seed, source) in programs.items():
        by_line = {}
        for fact in facts[os.path.basename(path)]:
            by_line.setdefault(fact["line"], []).append(fact)
        for line, name in sorted(run(source, seed)):
            imports += 1
            told = by_line.get(line, [])
            blind += any(fact["form"] == "blind" for fact in told)
            if not is_told(name, told):
                lost.append((seed, source, line, name, told))
        os.remove(path)
    return len(programs), imports, blind, lost


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pare", default=".build/release/pare")
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.setrecursionlimit(300)
    programs = imports = blind = 0
    lost = []
    for start in range(options.seed, options.seed + options.count, 1000):
        end = min(start + 1000, options.seed + options.count)
        with tempfile.TemporaryDirectory() as folder:
            ran, named, open_, silent = judge(options.pare, range(start, end), folder)
        programs, imports, blind = programs + ran, imports + named, blind + open_
        lost += silent
    for seed, source, line, name, told in sorted(lost, key=lambda row: len(row[1]))[:3]:
        print("--- seed %d, line %d imports '%s'; pare says %s" % (
            seed, line, name, ", ".join("%s %s" % (f["form"], f["name"]) for f in told) or "nothing"))
        print(source)
    print("%d programs, %d imports by name (%d where pare says that it is blind), %d lost in silence" % (
        programs, imports, blind, len(lost)))
    return 1 if lost or not imports else 0


if __name__ == "__main__":
    sys.exit(main())

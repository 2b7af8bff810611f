"""A review bot reads and rewrites code: tree-sitter's grammars, LibCST, Terraform files."""

import json

import hcl2
import libcst as cst
import libcst.matchers as m
import tree_sitter_javascript
import tree_sitter_python
from libcst.codemod import CodemodContext
from libcst.codemod.commands.rename import RenameCommand
from libcst.codemod.visitors import AddImportsVisitor, RemoveImportsVisitor
from libcst.helpers import get_full_name_for_node
from libcst.metadata import MetadataWrapper, PositionProvider, QualifiedNameProvider, ScopeProvider
from libcst.tool import dump
from tree_sitter import Language, Parser, Query, QueryCursor

LANGUAGES = {"python": tree_sitter_python, "javascript": tree_sitter_javascript}


class Calls(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider, QualifiedNameProvider, ScopeProvider)

    def __init__(self):
        self.seen = []

    def visit_Call(self, node):
        names = sorted(n.name for n in self.get_metadata(QualifiedNameProvider, node.func))
        scope = type(self.get_metadata(ScopeProvider, node)).__name__
        self.seen.append([get_full_name_for_node(node), names, scope, self.get_metadata(PositionProvider, node).start.line])


class Typed(m.MatcherDecoratableTransformer):
    @m.leave(m.FunctionDef(returns=None))
    def annotate(self, original, updated):
        return updated.with_changes(returns=cst.Annotation(cst.parse_expression("None")))


def handler(event, context):
    found = {}
    for name, grammar in LANGUAGES.items():
        language = Language(grammar.language())
        parser = Parser(language)
        tree = parser.parse(event[name].encode())
        names, words = Query(language, grammar.TAGS_QUERY), Query(language, grammar.HIGHLIGHTS_QUERY)
        tags, colours = QueryCursor(names).captures(tree.root_node), QueryCursor(words).captures(tree.root_node)
        broken = parser.parse(event[name].encode()[:20])
        found[name] = [tree.root_node.type, sorted({n.text.decode() for n in tags["name"]}), sorted(colours), broken.root_node.has_error, language.abi_version]
    terraform = hcl2.loads(event["hcl"])
    written = hcl2.dumps({"resource": [{'"null"': {'"n"': {"count": 2}}}]})
    kept = hcl2.reconstruct(hcl2.parses_to_tree(event["hcl"]))
    calls = Calls()
    module = cst.parse_module(event["python"])
    wrapper = MetadataWrapper(module)
    wrapper.visit(calls)
    changes = CodemodContext(wrapper=wrapper)
    AddImportsVisitor.add_needed_import(changes, "shop.kettle", "brew")
    RemoveImportsVisitor.remove_unused_import(changes, "os")
    imported = RemoveImportsVisitor(changes).transform_module(AddImportsVisitor(changes).transform_module(wrapper.module))
    renamed = RenameCommand(CodemodContext(), old_name="os.path", new_name="pathlib.Path").transform_module(cst.parse_module("import os.path\nx = os.path.join('a')\n"))
    try:
        cst.parse_module("def broken(:\n")
        wrong = None
    except cst.ParserSyntaxError as error:
        wrong = [error.raw_line, error.raw_column]
    swapped = m.replace(cst.parse_expression("a + b + 1"), m.Integer("1"), cst.Integer("2"))
    return {
        "found": found, "terraform": json.loads(json.dumps(terraform)), "written": written, "comment": "# here" in kept, "calls": calls.seen, "imported": imported.code.splitlines()[:3], "typed": imported.visit(Typed()).code.count("-> None"),
        "renamed": renamed.code, "wrong": wrong, "swapped": cst.Module([]).code_for_node(swapped), "dump": dump(cst.parse_expression("x.y"))[:12], "same": module.code == event["python"], "matches": m.matches(swapped, m.BinaryOperation()),
    }

"""House rules: no `tmp` names, no bare print in library code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pylint.checkers import BaseChecker
from pylint.checkers.utils import only_required_for_messages, safe_infer

if TYPE_CHECKING:
    from astroid import nodes
    from pylint.lint import PyLinter


class HouseChecker(BaseChecker):
    name = "house"
    msgs = {
        "W9901": ("%r says nothing about what it holds", "house-temporary-name", "Name things."),
        "C9902": ("print() in a library; log instead", "house-print", "Use logging."),
    }
    options = (("temporary-names", {"default": ("tmp", "foo"), "type": "csv", "metavar": "<names>", "help": "names"}),)

    @only_required_for_messages("house-temporary-name")
    def visit_assignname(self, node: nodes.AssignName) -> None:
        if node.name in self.linter.config.temporary_names:
            self.add_message("house-temporary-name", node=node, args=(node.name,))

    @only_required_for_messages("house-print")
    def visit_call(self, node: nodes.Call) -> None:
        found = safe_infer(node.func)
        if found is not None and found.qname() == "builtins.print":
            self.add_message("house-print", node=node)


def register(linter: PyLinter) -> None:
    linter.register_checker(HouseChecker(linter))

"""A report as a notebook: built, checked, upgraded and converted; markdown with its plug-ins."""

import os
from pathlib import Path

# The templates of nbconvert are installed below share/, which no interpreter's prefix has here.
os.environ["JUPYTER_PATH"] = str(Path(__file__).parent / "share" / "jupyter")

import mistune
import nbformat
from mistune.directives import Admonition, FencedDirective, TableOfContents
from mistune.renderers.rst import RSTRenderer
from nbconvert import HTMLExporter, MarkdownExporter, get_exporter, get_export_names
from nbconvert.preprocessors import ClearOutputPreprocessor, RegexRemovePreprocessor, TagRemovePreprocessor
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

OLD = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "old"}, "worksheets": [{"cells": [{"cell_type": "code", "language": "python", "collapsed": False, "metadata": {}, "input": "1 + 1", "outputs": []}], "metadata": {}}]}


def notebook(event):
    made = new_notebook(metadata={"title": event["title"], "language_info": {"name": "python", "file_extension": ".py", "pygments_lexer": "python"}})
    made.cells = [
        new_markdown_cell(f"# {event['title']}\n\nSee $x^2$ and **{event['rows'][0][0]}**", id="a"),
        new_code_cell("print(sum(sold))", id="b", execution_count=1, outputs=[new_output("stream", name="stdout", text="\x1b[31m19\x1b[0m\n")]),
        new_code_cell("table", id="c", execution_count=2, metadata={"tags": ["hide"]}, outputs=[new_output("execute_result", {"text/html": "<table><tr><td>7</td></tr></table>", "text/plain": "7"}, execution_count=2)]),
        new_code_cell("1 / 0", id="d", execution_count=3, outputs=[new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=["\x1b[0;31mZeroDivisionError\x1b[0m"])]),
    ]
    return made


def handler(event, context):
    made = notebook(event)
    nbformat.validate(made)
    try:
        nbformat.validate(nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code"}]}))
    except nbformat.ValidationError as error:
        invalid = str(error).splitlines()[0]
    back = nbformat.reads(nbformat.writes(made), as_version=4)
    upgraded = nbformat.convert(nbformat.from_dict(OLD), 4)
    page, resources = HTMLExporter(template_name="lab", theme="dark").from_notebook_node(back)
    classic, _ = HTMLExporter(template_name="classic", exclude_input=True).from_notebook_node(back)
    settings = Config({"TagRemovePreprocessor": {"remove_cell_tags": ("hide",), "enabled": True}})
    basic = HTMLExporter(template_name="basic", config=settings)
    basic.register_preprocessor(TagRemovePreprocessor(config=settings), enabled=True)
    text, _ = MarkdownExporter().from_notebook_node(back)
    slides, _ = get_exporter("slides")().from_notebook_node(back)
    script, about = get_exporter("python")().from_notebook_node(back)
    cleared, _ = ClearOutputPreprocessor().preprocess(nbformat.reads(nbformat.writes(made), as_version=4), {})
    kept, _ = RegexRemovePreprocessor(patterns=["table"]).preprocess(back, {})
    markdown = mistune.create_markdown(plugins=["table", "footnotes", "task_lists", "strikethrough", "math", FencedDirective([Admonition(), TableOfContents()])])
    table = "| name | sold |\n|---|--:|\n" + "".join(f"| {a} | {b} |\n" for a, b in event["rows"])
    shown = markdown(f"# Sales\n\n{table}\n- [x] ~~done~~ [^1]\n\n[^1]: at noon\n\n```{{note}} Mind\ntax\n```\n\n$$\nx^2\n$$\n")
    rst = mistune.create_markdown(renderer=RSTRenderer())("# A\n\n*b*")
    return {
        "invalid": invalid, "same": back == made, "upgraded": [upgraded.nbformat, upgraded.cells[0].source], "title": f"<title>{event['title']}" in page, "dark": 'data-jp-theme-light="false"' in page, "css": len(page) > 200000, "ansi": "ansi-red-fg" in page,
        "classic": ["ZeroDivisionError" in classic, "print" in classic], "basic": "<td>7</td>" in basic.from_notebook_node(made)[0], "text": text.splitlines()[:3], "slides": "reveal" in slides, "script": script.splitlines()[-2:], "extension": about["output_extension"],
        "cleared": sum(len(c.get("outputs", [])) for c in cleared.cells), "kept": len(kept.cells), "names": len(get_export_names()) > 8, "table": shown.count("<td"), "parts": [w in shown for w in ("footnote-ref", "<del>", "checkbox", "admonition", "math")], "rst": rst,
        "highlighted": 'class="nb"' in page, "filter": basic.environment.filters["ansi2html"]("\x1b[1mx\x1b[0m"), "resources": resources["output_extension"],
    }

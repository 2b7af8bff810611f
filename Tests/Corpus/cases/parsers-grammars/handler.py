"""Grammars in files, parser tables, schemas."""

import io

import fastavro
from jsonpath_ng.ext import parse as jsonpath
from lark import Lark, Transformer
from lark.indenter import PythonIndenter
from parsimonious.grammar import Grammar
from pyparsing import Word, infix_notation, nums, one_of, opAssoc
from textx import metamodel_from_str


class Sum(Transformer):
    NUMBER = int

    def start(self, items):
        return sum(items)


def handler(event, context):
    lark = Lark('start: NUMBER ("+" NUMBER)*\n%import common.NUMBER\n%import common.WS\n%ignore WS', parser="lalr", transformer=Sum())
    python = Lark.open_from_package("lark", "python.lark", ["grammars"], parser="lalr", postlex=PythonIndenter(), start="file_input")
    arithmetic = infix_notation(Word(nums), [(one_of("* /"), 2, opAssoc.LEFT), (one_of("+ -"), 2, opAssoc.LEFT)])
    model = metamodel_from_str("Model: things+=Thing; Thing: 'thing' name=ID;").model_from_str("thing a thing b")
    schema = {"type": "record", "name": "P", "fields": [{"name": "n", "type": "string"}, {"name": "p", "type": {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}}]}
    out = io.BytesIO()
    import decimal
    fastavro.writer(out, schema, [{"n": "pen", "p": decimal.Decimal("2.50")}], codec="deflate")
    out.seek(0)
    return {
        "sum": lark.parse(event["sum"]), "python": python.parse("def f(x):\n    return x\n").data,
        "arithmetic": arithmetic.parse_string("1+2*3").as_list(), "things": [t.name for t in model.things],
        "path": [m.value for m in jsonpath("$.a[?(@.n > 1)].v").find({"a": [{"n": 1, "v": "x"}, {"n": 2, "v": "y"}]})],
        "avro": [[r["n"], str(r["p"])] for r in fastavro.reader(out)], "compiled": fastavro._read.__name__ if hasattr(fastavro, "_read") else "",
        "peg": Grammar('greeting = "hi" " " name\nname = ~"[a-z]+"').parse("hi ada").children[2].text,
    }

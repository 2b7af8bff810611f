"""Tools that are compiled with mypyc: module names that only native code asks for."""

import black
import isort


def handler(event, context):
    formatted = black.format_str(event["source"], mode=black.Mode(line_length=40, target_versions={black.TargetVersion.PY312}))
    try:
        black.format_str("def (:", mode=black.Mode())
    except black.InvalidInput as error:
        wrong = str(error).split(":")[0]
    ordered = isort.code("import sys\nfrom b import c\nimport a\n", config=isort.Config(profile="black", known_first_party=["b"]))
    return {"formatted": formatted, "wrong": wrong, "ordered": ordered, "compiled": black.__file__.endswith(".so")}

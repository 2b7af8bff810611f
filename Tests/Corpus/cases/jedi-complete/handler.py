"""Jedi reads stubs and grammars that lie beside it."""

import jedi
import parso


def handler(event, context):
    script = jedi.Script(event["source"], project=jedi.Project("/", load_unsafe_extensions=False, smart_sys_path=False))
    names = script.complete(*event["at"])
    signature = jedi.Script("import json\njson.dumps(", project=jedi.Project("/", smart_sys_path=False)).get_signatures(2, 11)
    errors = parso.load_grammar(version="3.12").iter_errors(parso.parse("x = = 1\n"))
    return {"complete": [n.name for n in names][:3], "kind": names[0].type, "signature": signature[0].name,
            "first": signature[0].params[0].name, "errors": [e.message for e in errors]}

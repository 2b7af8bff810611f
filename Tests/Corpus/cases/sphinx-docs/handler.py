"""Documentation built in a function: extensions, builders, themes and languages, all named by strings."""

import io
import shutil
import tempfile
from pathlib import Path

from sphinx.application import Sphinx


def handler(event, context):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source")
        shutil.copytree(Path(__file__).parent / "manual", source)
        out = Path(folder, "out")
        app = Sphinx(source, source, out, Path(folder, "trees"), event["builder"], warning=io.StringIO(), status=io.StringIO(),
                     confoverrides={"language": "de"}, parallel=1)
        app.build(force_all=True)
        page = (out / "index.html").read_text()
        made = sorted(p.name for p in out.iterdir() if p.suffix in (".html", ".inv", ".js"))
    return {"made": made, "title": "Handbuch" in page, "theme": "alabaster.css" in page, "module": "Price of tea" in page,
            "german": "Inhalt" in page or "Suche" in page, "math": "math" in page, "code": app.statuscode}

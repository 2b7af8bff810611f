"""Scaffolds a service: a project from our blueprint, models generated from its schemas."""

import tempfile
from pathlib import Path

from generator import models, project


def handler(event, context):
    with tempfile.TemporaryDirectory() as folder:
        made = project.create(Path(folder), event["service"])
        files = {}
        for name, kind in event["schemas"].items():
            for style in event["styles"]:
                target = made / event["service"]["package"] / f"{Path(name).stem}_{style.split('.')[-1].lower()}.py"
                target.write_text(models.generate(name, kind, style))
        for path in sorted(made.rglob("*")):
            if path.is_file():
                text = path.read_text()
                files[str(path.relative_to(made))] = text.splitlines() if len(text) < 700 else len(text.splitlines())
        loaded = models.load(made / event["service"]["package"] / "order_basemodel.py")
    return {"name": made.name, "files": files, "loaded": loaded}

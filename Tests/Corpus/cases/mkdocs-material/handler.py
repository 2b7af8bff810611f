"""Builds the handbook with MkDocs: Material theme, extensions, plugins and a hook of our own."""

import json
import re
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

PROJECT = Path(__file__).parent / "docs_project"


def handler(event, context):
    with tempfile.TemporaryDirectory() as folder:
        config = load_config(str(PROJECT / "mkdocs.yml"), site_dir=folder, site_name=event["name"], strict=False, extra={"version": event["version"]})
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        site = Path(folder)
        pages = {}
        for name in event["pages"]:
            html = (site / name).read_text()
            article = html[html.index("<article"):html.index("</article>")]
            pages[name] = {
                "title": re.search("<title>(.*?)</title>", html)[1],
                "lang": re.search('<html lang="(.*?)"', html)[1],
                "classes": sorted(set(re.findall(r'class="([a-z_-]+)"', article)))[:25],
                "svgs": article.count("<svg"),
                "words": re.sub(r"<[^>]+>", " ", article).split()[:40],
            }
        index = json.loads((site / "search" / "search_index.json").read_text())
        files = sorted({path.suffix for path in site.rglob("*") if path.is_file()})
        icons = sorted(path.name for path in (site / "assets" / "images").glob("*"))
    return {"pages": pages, "search": sorted(doc["location"] for doc in index["docs"]), "config": index["config"], "suffixes": files, "icons": icons}

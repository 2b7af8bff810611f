"""Searches the manual with three engines and answers with a page rendered from Liquid or Mustache."""

import pkgutil
from importlib import import_module
from pathlib import Path

from search import engines
from search.corpus import documents
from search.pages import liquid_page, mustache_page

HERE = Path(__file__).resolve().parent
# Every module of the folder registers its engine.
for module in pkgutil.iter_modules(engines.__path__):
    import_module(f"{engines.__name__}.{module.name}")


def handler(event, context):
    known = documents(HERE / "corpus")
    answers = {"engines": sorted(engines.REGISTRY), "results": {}, "pages": {}}
    for name, make in sorted(engines.REGISTRY.items()):
        engine = make(known)
        answers["results"][name] = {query: engine.search(query) for query in event["queries"]}
        if hasattr(engine, "more"):
            answers["results"][name]["more"] = engine.more(event["typo"])
    hits = answers["results"]["fulltext"][event["queries"][0]]
    data = {"query": event["queries"][0], "hits": [{"name": n, "score": s, **known[n]} for n, s in hits], **event["page"]}
    answers["pages"]["liquid"] = liquid_page("results.html", data)
    answers["pages"]["mail"] = liquid_page("mail.txt", data)
    answers["pages"]["mustache"] = mustache_page(data)
    return answers

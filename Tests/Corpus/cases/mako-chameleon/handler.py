"""Two template engines that compile templates to Python at run time."""

from pathlib import Path

from chameleon import PageTemplate, PageTemplateLoader
from mako.exceptions import text_error_template
from mako.lookup import TemplateLookup
from mako.template import Template

here = Path(__file__).parent / "pages"


def handler(event, context):
    lookup = TemplateLookup(directories=[str(here)], default_filters=["h"])
    out = [lookup.get_template("child.mako").render(**event).split()]
    out.append(Template("${x | u} <%! import math %>${math.floor(2.7)}").render(x="a b/c"))
    try:
        Template("${1 / 0}").render()
    except ZeroDivisionError:
        out.append("ZeroDivisionError" in text_error_template().render())
    loader = PageTemplateLoader(str(here), ".pt")
    out.append(loader["list"](**event).split())
    page = PageTemplate('<p tal:condition="python: n > 1" i18n:translate="">${n}</p>')
    out.append(page(n=3))
    return out

from pathlib import Path

import css_inline
import mrml
from jinja2 import Environment, FileSystemLoader, select_autoescape

TEMPLATES = Path(__file__).parent.parent / "templates"
environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(["html", "j2"]), trim_blocks=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])


def html(name, wording, order):
    text = environment.get_template(name).render(t=wording, order=order)
    if ".mjml" in name:
        out = mrml.to_html(text)
        return getattr(out, "content", out)
    return css_inline.inline(text)

import io
from pathlib import Path
from string import Template

from xhtml2pdf import pisa

TEMPLATES = Path(__file__).parent.parent / "templates"


def resource(uri, rel):
    return str(TEMPLATES / uri)


def render(invoice):
    rows = "".join(f"<tr><td>{name}</td><td class='n'>{price:.2f}</td></tr>" for name, price in invoice["lines"])
    html = Template((TEMPLATES / "invoice.html").read_text()).substitute(invoice, rows=rows, total=f"{invoice['total']:.2f}")
    out = io.BytesIO()
    status = pisa.CreatePDF(html, dest=out, link_callback=resource, encoding="utf-8")
    if status.err:
        raise RuntimeError("not rendered")
    return out.getvalue()

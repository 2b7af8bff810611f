from pathlib import Path
from string import Template

from lxml import etree

TEMPLATE = Path(__file__).parent.parent / "templates" / "minimum.xml"


def render(invoice):
    return Template(TEMPLATE.read_text()).substitute(invoice).encode()


def parse(data):
    return etree.fromstring(data)

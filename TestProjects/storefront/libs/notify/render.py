"""Templates of this package, by name."""

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

_environment = Environment(
    loader=PackageLoader("notify"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.do"],
)
_environment.filters["euros"] = lambda cents: f"{cents / 100:,.2f} €"


def render(template: str, **values) -> str:
    return _environment.get_template(template).render(values)

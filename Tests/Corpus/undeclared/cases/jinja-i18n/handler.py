import gettext

from jinja2 import Environment, DictLoader, select_autoescape

PAGES = {"mail.html": "{% trans count=n %}{{ count }} item{% pluralize %}{{ count }} items{% endtrans %}"}

env = Environment(
    loader=DictLoader(PAGES), extensions=["jinja2.ext.i18n"], autoescape=select_autoescape())
env.install_gettext_translations(gettext.NullTranslations(), newstyle=True)


def handler(event, context):
    return [env.get_template("mail.html").render(n=n) for n in event["counts"]]

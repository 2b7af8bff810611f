"""Pyramid and zope's namespace of distributions: includes, renderers and adapters named by strings."""

import io

import transaction
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker
from zope.interface import Interface, implementer
from zope.interface.verify import verifyObject
from zope.schema import TextLine
from zope.schema.interfaces import RequiredMissing
from zope.sqlalchemy import register


class ITea(Interface):
    name = TextLine(title="Name")


@implementer(ITea)
class Tea:
    name = "green"


def call(app, path):
    status = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "s", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
               "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.version": (1, 0), "HTTP_HOST": "s"}
    return [b"".join(app(environ, lambda s, h, e=None: status.append(s))).decode().strip()[:60], status[0]]


def handler(event, context):
    config = Configurator(settings={"pyramid.includes": "pyramid_jinja2", "jinja2.directories": "shopsite:pages"})
    config.include("shopsite.views")
    app = config.make_wsgi_app()
    make = sessionmaker(create_engine("sqlite://"))
    register(make)
    session = make()
    with transaction.manager:
        session.execute(text("create table t (n int)"))
    try:
        ITea["name"].validate(None)
    except RequiredMissing as error:
        missing = type(error).__name__
    return {"pages": [call(app, p) for p in event["paths"]], "verified": verifyObject(ITea, Tea()), "missing": missing,
            "not": HTTPNotFound().code}

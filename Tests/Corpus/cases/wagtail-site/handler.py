"""A Wagtail site behind a function: pages from a database in /tmp, served by the WSGI application."""

import io
import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_app.settings")
os.environ.setdefault("SITE_DATABASE", os.path.join(tempfile.mkdtemp(), "site.db"))

import django

django.setup()

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()


def request(path, host="localhost"):
    seen = {}
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path.partition("?")[0], "QUERY_STRING": path.partition("?")[2], "SERVER_NAME": host, "SERVER_PORT": "80",
               "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http", "HTTP_HOST": host, "REMOTE_ADDR": "127.0.0.1"}
    body = b"".join(application(environ, lambda status, headers: seen.update(status=status, headers=dict(headers))))
    return seen["status"], seen["headers"], body.decode()


def seed(event):
    from wagtail.models import Page, Site
    from site_app.home.models import Article, HomePage

    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Home", slug="start", intro="<p>Hello <b>there</b></p>"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": "Studio"})
    for one in event["articles"]:
        home.add_child(instance=Article(title=one["title"], body=one["body"]))


def handler(event, context):
    from wagtail.models import Page
    from wagtail.search.backends import get_search_backend

    call_command("migrate", verbosity=0, interactive=False)
    seed(event)
    call_command("rebuild_references_index", verbosity=0)
    article = Page.objects.get(slug=event["revise"]).specific
    article.title += " (2nd)"
    article.save_revision().publish()
    pages = {}
    for path in event["paths"]:
        status, headers, body = request(path)
        pages[path] = {"status": status, "type": headers.get("Content-Type"), "to": headers.get("Location"), "lines": [x.strip() for x in body.splitlines() if x.strip()][:14] if path in event["show"] else len(body) > 0}
    return {
        "pages": pages,
        "found": sorted(str(page) for page in get_search_backend().search(event["search"], Page.objects.live())),
        "tree": [[page.depth, page.title, page.url] for page in Page.objects.all().order_by("path")],
        "versions": article.revisions.count(),
        "checks": call_command("check", verbosity=0),
    }

"""Text in, text out: parsers and lexers found by name, tables of characters and of languages."""

import feedparser
import ftfy
from bs4 import BeautifulSoup
from charset_normalizer import from_bytes
from docutils.core import publish_parts
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from pygments import highlight
from pygments.formatters import get_formatter_by_name
from pygments.lexers import get_lexer_by_name, guess_lexer_for_filename
from rapidfuzz import fuzz, process
from slugify import slugify
from unidecode import unidecode

RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>A</title><pubDate>Fri, 02 Jan 2026 03:04:05 GMT</pubDate></item></channel></rss>'


def handler(event, context):
    soup = BeautifulSoup("<p>one<p>two <b>three", "html5lib")
    feed = feedparser.parse(RSS)
    parts = publish_parts("Title\n=====\n\n.. code:: python\n\n   x = 1\n\n:math:`a^2`", writer="html5")
    return {
        "soup": [p.get_text() for p in soup.find_all("p")], "feed": [feed.feed.title, list(feed.entries[0].published_parsed[:3])],
        "markdown": MarkdownIt("commonmark").enable("table").use(footnote_plugin).render("a[^1]\n\n[^1]: b").count("footnote"),
        "rst": [parts["title"], 'class="keyword' in parts["body"] or "code python" in parts["body"]],
        "rust": highlight("fn a() {}", get_lexer_by_name("rust"), get_formatter_by_name("latex")).count("PY{"),
        "lexer": guess_lexer_for_filename("a.toml", "a = 1").name, "best": process.extractOne("tepot", ["lamp", "teapot"], scorer=fuzz.ratio)[0],
        "ascii": unidecode(event["text"]), "slug": slugify(event["text"]), "fixed": ftfy.fix_text("âœ” schÃ¶n"),
        "encoding": from_bytes("Привет, как дела? Всё хорошо.".encode("cp1251")).best() is not None,
    }

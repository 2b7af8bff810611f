"""Pages taken apart: selectors, cleaned HTML, the text of an article, public suffixes."""

import lxml.html
import tldextract
import trafilatura
from lxml_html_clean import Cleaner
from parsel import Selector
from selectolax.lexbor import LexborHTMLParser
from w3lib.url import canonicalize_url

PAGE = """<html><head><title>Tea</title><script>x()</script></head><body><nav>menu</nav><article><h1>Tea</h1>
<p>Tea is an aromatic beverage prepared by pouring hot water over cured leaves of a plant.</p>
<p>It is the most widely consumed drink in the world, after water, by a very large margin indeed.</p></article><a href="/b?z=1&a=2">more</a></body></html>"""


def handler(event, context):
    selector = Selector(PAGE)
    split = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)(event["host"])
    cleaned = Cleaner(scripts=True, page_structure=False).clean_html(lxml.html.fromstring(PAGE))
    return {"css": selector.css("a::attr(href)").get(), "xpath": selector.xpath("//h1/text()").getall(), "json": Selector('{"a": [1]}', type="json").jmespath("a[0]").get(),
            "lexbor": LexborHTMLParser(PAGE).css_first("title").text(), "clean": b"x()" not in lxml.html.tostring(cleaned), "text": (trafilatura.extract(PAGE) or "")[:40],
            "host": [split.subdomain, split.domain, split.suffix], "url": canonicalize_url("https://a.example/b?z=1&a=2#x")}

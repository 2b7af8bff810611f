"""A Scrapy crawl of pages that are data URLs: middlewares and pipelines from the settings."""

import os
import tempfile

os.environ["SCRAPY_SETTINGS_MODULE"] = "shop.settings"

from scrapy.crawler import CrawlerProcess
from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor
from scrapy.utils.project import get_project_settings


def handler(event, context):
    settings = get_project_settings()
    feed = os.path.join(tempfile.mkdtemp(), "items.jsonl")
    settings.set("FEEDS", {feed: {"format": "jsonlines"}, feed + ".csv": {"format": "csv", "fields": ["name"]}, feed + ".xml": {"format": "xml"}})
    process = CrawlerProcess(settings, install_root_handler=False)
    crawler = process.create_crawler(event["spider"])
    process.crawl(crawler, pages=event["pages"])
    process.start(install_signal_handlers=False)
    stats = crawler.stats.get_stats()
    page = HtmlResponse("https://shop.example/a", body=b"<a href='/b'>b</a><a href='/c.pdf'>c</a>")
    return {
        "items": sorted(open(feed).read().splitlines()), "csv": sorted(open(feed + ".csv").read().split()), "xml": open(feed + ".xml").read().count("<item>"),
        "stats": {k: stats.get(k) for k in ("item_scraped_count", "item_dropped_count", "downloader/response_count", "finish_reason", "shop/seen")},
        "links": [link.url for link in LinkExtractor().extract_links(page)],
    }

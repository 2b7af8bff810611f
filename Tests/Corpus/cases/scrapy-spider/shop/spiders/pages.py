import base64

import scrapy
from itemloaders.processors import MapCompose, TakeFirst
from scrapy.loader import ItemLoader


class Item(scrapy.Item):
    name = scrapy.Field(input_processor=MapCompose(str.strip), output_processor=TakeFirst())
    price = scrapy.Field(input_processor=MapCompose(float), output_processor=TakeFirst())


class Pages(scrapy.Spider):
    name = "pages"

    async def start(self):
        for page in self.pages:
            yield scrapy.Request("data:text/html;base64," + base64.b64encode(page.encode()).decode(), dont_filter=True)

    def parse(self, response):
        for row in response.css("li"):
            loader = ItemLoader(Item(), row)
            loader.add_css("name", "b::text")
            loader.add_xpath("price", "./i/text()")
            yield loader.load_item()

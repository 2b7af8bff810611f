from scrapy.exceptions import DropItem


class Cheap:
    def process_item(self, item):
        if item["price"] > 5:
            raise DropItem("too dear")
        return item

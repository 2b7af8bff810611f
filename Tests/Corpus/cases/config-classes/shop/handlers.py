import logging
class OrderHandler:
    async def __call__(self, event):
        from .pricing import price
        logging.getLogger("shop").info("order %s", event["order"])
        return price(event["order"])

BOT_NAME = "shop"
SPIDER_MODULES = ["shop.spiders"]
ITEM_PIPELINES = {"shop.pipelines.Cheap": 300}
SPIDER_MIDDLEWARES = {"shop.middlewares.Count": 100}
LOG_LEVEL = "ERROR"
TELNETCONSOLE_ENABLED = False

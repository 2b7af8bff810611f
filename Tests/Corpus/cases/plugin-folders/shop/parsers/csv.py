from shop.parents import Parser
class Csv(Parser):
    _alias_ = "csv"
    def parse(self, text): return text.split(",")

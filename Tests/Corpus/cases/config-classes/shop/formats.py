import logging
class Short(logging.Formatter):
    def __init__(self, *args, mark="", **kwargs):
        super().__init__()
        self.mark = mark
    def format(self, record): return record.getMessage() + self.mark

import pluginlib
@pluginlib.Parent("parser")
class Parser:
    @pluginlib.abstractmethod
    def parse(self, text): ...

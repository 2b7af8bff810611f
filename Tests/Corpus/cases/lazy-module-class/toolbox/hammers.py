class Hammer:
    def hit(self): return "bang"

class Middleware:
    def __init__(self, inner): self.inner = inner

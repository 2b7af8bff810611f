REGISTRY = {}


def engine(name):
    def keep(cls):
        REGISTRY[name] = cls
        return cls

    return keep

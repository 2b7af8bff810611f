from importlib import import_module


def named(path):
    module, _, name = path.replace(":", ".").rpartition(".")
    return getattr(import_module(module), name)


def load_settings(path):
    import yaml

    settings = yaml.safe_load(path.read_text())
    settings["adapters"] = {key: named(value) for key, value in settings["adapters"].items()}
    settings["tools"] = [named(value) for value in settings["tools"]]
    return settings

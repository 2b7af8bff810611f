import importlib.util
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

class Engine:
    def __init__(self, rules, limits): self.rules, self.limits = rules, limits

    @classmethod
    def from_config(cls, name):
        config = tomllib.loads((ROOT / "config" / name).read_text())
        rules = [cls._load(ROOT / "rules" / f"{rule['file']}.py") for rule in config["rule"]]
        return cls(rules, config["limits"])

    @staticmethod
    def _load(path):
        spec = importlib.util.spec_from_file_location("rule_" + path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def check(self, amount):
        return [rule.check(amount, self.limits) for rule in self.rules]

"""The chain of inspectors is configured; each gives findings as (weight, text)."""

import configparser
import pkgutil
from importlib import import_module
from pathlib import Path

from . import inspectors

RULES = configparser.ConfigParser()
RULES.read(Path(__file__).with_name("rules.ini"))
KNOWN = {module.name for module in pkgutil.iter_modules(inspectors.__path__)}


def inspect(name, content, password=None):
    kind = next((k for k, magic in RULES["magic"].items() if content.startswith(bytes.fromhex(magic))), "text")
    findings = []
    for step in RULES["chains"].get(kind, "").split():
        if step not in KNOWN:
            raise LookupError(step)
        module = import_module(f"{inspectors.__name__}.{step}")
        try:
            findings += [[step, weight, text] for weight, text in module.findings(name, content, password)]
        except Exception as error:
            findings.append([step, 1, f"failed: {type(error).__name__}"])
    return findings


def verdict(findings):
    weight = sum(w for _, w, _ in findings)
    limits = RULES["limits"]
    said = "reject" if weight >= limits.getint("reject") else "quarantine" if weight >= limits.getint("quarantine") else "deliver"
    return {"weight": weight, "verdict": said}

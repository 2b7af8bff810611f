"""Reviewers are modules; which runs on which file is configured in rules.yaml."""

import fnmatch
from importlib import import_module, resources

import yaml


def load_rules():
    return yaml.safe_load(resources.files(__package__).joinpath("rules.yaml").read_text())


def run_reviewers(rules, path, content):
    comments = []
    for rule in rules["reviewers"]:
        if not any(fnmatch.fnmatch(path, pattern) for pattern in rule["files"]):
            continue
        module = import_module(f".reviewers.{rule['name']}", __package__)
        for line, text in module.review(content, **rule.get("options", {})):
            comments.append({"path": path, "line": line, "by": rule["name"],
                             "level": rule["level"], "text": text})
    return comments

from functools import lru_cache


@lru_cache(maxsize=1)
def checks():
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry

    registry = CheckRegistry()
    registry.register_many(__register__)
    return registry


def review(content, skip=()):
    from proselint.config import DEFAULT
    from proselint.tools import LintFile

    checks()
    config = {**DEFAULT, "checks": {**DEFAULT["checks"], **{name: False for name in skip}}}
    for result in LintFile("text.md", content).lint(config):
        said = result.check_result
        yield result.pos[0], f"{said.check_path}: {said.message}"

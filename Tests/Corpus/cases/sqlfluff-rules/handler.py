"""A review bot: SQL of several dialects is linted and repaired, and so is YAML."""

import sqlfluff
from sqlfluff.core import FluffConfig, Linter
from yamllint import linter
from yamllint.config import YamlLintConfig

TEMPLATED = """
{% set columns = ["a", "b"] %}
SELECT
    {% for c in columns %}{{ c }},{% endfor %}
    {{ dbt_utils.thing() if false else "1" }} AS one
FROM {{ ref("orders") }}
"""


def handler(event, context):
    found, parsed = {}, {}
    for dialect, query in event["queries"].items():
        result = sqlfluff.lint(query, dialect=dialect)
        found[dialect] = sorted({v["code"] for v in result})
        tree = sqlfluff.parse(query, dialect=dialect)
        parsed[dialect] = [next(iter(tree)), str(tree).count("keyword")]
    fixed = sqlfluff.fix(event["queries"]["postgres"], dialect="postgres", rules=["capitalisation", "LT01", "aliasing.table"])
    config = FluffConfig.from_string("[sqlfluff]\ndialect = duckdb\ntemplater = jinja\nrules = core\n[sqlfluff:rules:capitalisation.keywords]\ncapitalisation_policy = lower\n")
    linted = Linter(config=config).lint_string(TEMPLATED)
    placeholders = Linter(config=FluffConfig(overrides={"dialect": "mysql", "templater": "placeholder"}, configs={"core": {}, "templater": {"placeholder": {"param_style": "percent"}}}))
    bound = placeholders.lint_string("SELECT %s FROM t\n")
    try:
        sqlfluff.parse("SELECT FROM WHERE (", dialect="ansi")
        broken = None
    except sqlfluff.api.APIParsingError as error:
        broken = [v.rule_code() for v in error.violations]
    rules = sqlfluff.list_rules()
    yaml = YamlLintConfig("extends: default\nrules:\n  key-ordering: enable\n  document-start: disable\n")
    problems = [[p.line, p.rule, p.level] for p in linter.run(event["yaml"], yaml)]
    relaxed = [p.rule for p in linter.run(event["yaml"], YamlLintConfig("extends: relaxed"))]
    return {
        "found": found, "parsed": parsed, "fixed": fixed, "templated": sorted({v.rule_code() for v in linted.get_violations()}),
        "rendered": " ".join(str(linted.templated_file).split()), "bound": [str(bound.templated_file), len(bound.get_violations())],
        "broken": broken, "rules": [len(rules) > 60, rules[0].code], "dialects": [d.label for d in sqlfluff.list_dialects()][:4],
        "yaml": problems, "relaxed": relaxed,
    }

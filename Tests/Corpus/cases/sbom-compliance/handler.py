"""Gate for releases: an SBOM in two standards, licences against the policy, versions against advisories."""

import json
from pathlib import Path

from checks import advisories, licences
from checks.boms import cyclonedx, spdx

POLICY = json.loads((Path(__file__).parent / "policy.json").read_text())


def handler(event, context):
    components = event["components"]
    return {
        "licences": [licences.judge(c["licence"], POLICY) for c in components],
        "advisories": [found for c in components for found in advisories.matching(c, event["advisories"])],
        "cyclonedx": {form: cyclonedx.write(components, form, event["schema"]) for form in ("json", "xml")},
        "broken": cyclonedx.problem({"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"type": "thing", "name": 1}]}),
        "spdx": {suffix: spdx.write(components, suffix) for suffix in ("json", "xml", "yaml", "spdx", "rdf")},
    }

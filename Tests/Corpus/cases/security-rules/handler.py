"""Detection rules: Sigma to the query languages of plug-ins, indicators in STIX, files against YARA."""

import datetime

import stix2
import yara
from sigma.collection import SigmaCollection
from sigma.plugins import InstalledSigmaPlugins
from sigma.validation import SigmaValidator
from stix2.equivalence.pattern import equivalent_patterns
from stix2patterns.validator import run_validator

RULE = """
title: Encoded command
id: 5f0d4a3b-2f0d-4a57-a6b4-6f3a8c1d2e3f
status: test
description: PowerShell that hides what it runs
tags: [attack.execution, attack.t1059.001]
logsource: {category: process_creation, product: windows}
detection:
  selection:
    Image|endswith: '\\powershell.exe'
    CommandLine|contains|all: [' -enc', 'SQBFAFgA']
  range:
    ProcessId|gte: 10
    SourceIp|cidr: 10.0.0.0/8
  filter:
    CommandLine|re: 'update\\d+'
  condition: selection and range and not filter
level: high
"""
YARA = """
import "pe"
import "hash"
rule encoded : script {
  meta: author = "shop"
  strings: $a = "powershell" nocase  $b = /-enc\\s+[A-Za-z0-9]+/
  condition: uint16(0) == 0x5A4D and all of them and not pe.is_pe and hash.md5(0, 2) == "ac6ad5d9b99757c3a878f2d275ace198"
}
"""


# These ask for lists that they download.
ONLINE = {"attacktag", "d3_fendtag", "d3fendtag"}


def handler(event, context):
    plugins = InstalledSigmaPlugins.autodiscover()
    resolver = plugins.get_pipeline_resolver()
    rules = SigmaCollection.from_yaml(RULE)
    queries = {}
    for target in event["targets"]:
        backend = plugins.backends[target]
        pipeline = resolver.resolve(["sysmon"] + (["splunk_windows"] if target == "splunk" else ["ecs_windows"]))
        queries[target] = backend(processing_pipeline=pipeline).convert(rules)
    saved = plugins.backends["splunk"](processing_pipeline=resolver.resolve(["splunk_windows"])).convert(rules, "savedsearches")
    issues = SigmaValidator([v for name, v in plugins.validators.items() if name not in ONLINE]).validate_rules(rules)
    when = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    pattern = "[process:command_line MATCHES 'enc' AND file:hashes.MD5 = 'ac6ad5d9b99757c3a878f2d275ace198']"
    indicator = stix2.Indicator(name="enc", pattern=pattern, pattern_type="stix", valid_from=when, created=when, modified=when, id="indicator--a740531e-63ff-4e49-a9e1-a0a3eed0e3e7", object_marking_refs=[stix2.TLP_AMBER])
    store = stix2.MemoryStore([indicator, stix2.Malware(name="dropper", is_family=False)])
    store.add(stix2.Relationship(indicator, "indicates", store.query([stix2.Filter("type", "=", "malware")])[0]))
    address = stix2.parse({"type": "ipv4-addr", "spec_version": "2.1", "value": "203.0.113.7", "id": "ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd"})
    ast = stix2.pattern_visitor.create_pattern_object("[a:b = 1] FOLLOWEDBY [c:d IN ('x','y')] WITHIN 5 SECONDS", version="2.1")
    compiled = yara.compile(source=YARA)
    hits = compiled.match(data=event["payload"].encode())
    return {
        "queries": queries, "saved": saved.splitlines()[:3], "issues": sorted({type(i).__name__ for i in issues}), "backends": sorted(plugins.backends),
        "pipelines": [name for name in sorted(plugins.pipelines) if "windows" in name], "indicator": indicator.serialize(sort_keys=True)[:160],
        "related": [r.name for r in store.related_to(indicator)], "address": [type(address).__name__, stix2.IPv4Address(value="203.0.113.7").id], "ast": str(ast),
        "same": equivalent_patterns("[a:b=1 OR a:b=2]", "[a:b=2 OR a:b=1]"), "wrong": len(run_validator("[a:b == 1", stix_version="2.1")) > 0,
        "yara": [[h.rule, h.tags, h.meta, [s.identifier for s in h.strings]] for h in hits],
    }

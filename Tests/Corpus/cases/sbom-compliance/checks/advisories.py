from cvss import CVSS3, CVSS4
from packageurl import PackageURL
from packageurl.contrib import purl2url
from univers.version_range import RANGE_CLASS_BY_SCHEMES, VersionRange


def matching(component, advisories):
    purl = PackageURL.from_string(component["purl"])
    version = RANGE_CLASS_BY_SCHEMES[purl.type].version_class(purl.version)
    for advisory in advisories:
        vers = VersionRange.from_string(advisory["vers"])
        if advisory["name"] == purl.name and version in vers:
            score = (CVSS4 if advisory["vector"].startswith("CVSS:4") else CVSS3)(advisory["vector"])
            severity = score.severity if isinstance(score, CVSS4) else score.severities()[0]
            yield {"name": purl.name, "range": str(vers), "score": float(score.base_score if isinstance(score, CVSS4) else score.scores()[0]), "severity": severity, "url": purl2url.get_repo_url(component["purl"])}

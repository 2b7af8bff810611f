import json
from datetime import datetime, timezone
from uuid import UUID

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation import make_schemabased_validator
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL


def build(components):
    bom = Bom(serial_number=UUID(int=7))
    bom.metadata.timestamp = datetime(2024, 1, 1, tzinfo=timezone.utc)
    bom.metadata.component = root = Component(name="shop", type=ComponentType.APPLICATION, bom_ref="shop")
    factory = LicenseFactory()
    for one in components:
        purl = PackageURL.from_string(one["purl"])
        made = Component(name=purl.name, version=purl.version, purl=purl, bom_ref=one["purl"], type=ComponentType.LIBRARY, licenses=[factory.make_from_string(one["licence"])])
        bom.components.add(made)
        bom.register_dependency(root, [made])
    return bom


def write(components, form, version):
    form, version = OutputFormat[form.upper()], SchemaVersion.from_version(version)
    text = make_outputter(build(components), form, version).output_as_string(indent=1)
    error = make_schemabased_validator(form, version).validate_str(text)
    return {"valid": error is None, "lines": len(text.splitlines()), "again": len(Bom.from_json(json.loads(text)).components) if form is OutputFormat.JSON else None}


def problem(document):
    error = JsonStrictValidator(SchemaVersion.V1_5).validate_str(json.dumps(document))
    return error.data.validator

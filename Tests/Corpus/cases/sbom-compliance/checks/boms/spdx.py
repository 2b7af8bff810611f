import os
import tempfile
from datetime import datetime

from packageurl import PackageURL
from spdx_tools.common.spdx_licensing import spdx_licensing
from spdx_tools.spdx.model import Actor, ActorType, CreationInfo, Document, Package, Relationship, RelationshipType
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document
from spdx_tools.spdx.writer.write_anything import write_file


def build(components):
    info = CreationInfo("SPDX-2.3", "SPDXRef-DOCUMENT", "shop", "https://shop.example/sbom", [Actor(ActorType.ORGANIZATION, "Shop", "it@shop.example")], datetime(2024, 1, 1))
    packages, relationships = [], []
    for number, one in enumerate(components):
        purl = PackageURL.from_string(one["purl"])
        packages.append(Package(f"SPDXRef-{number}", purl.name, "https://shop.example/x.tgz", version=purl.version, files_analyzed=False, license_declared=spdx_licensing.parse(one["licence"])))
        relationships.append(Relationship("SPDXRef-DOCUMENT", RelationshipType.DESCRIBES, f"SPDXRef-{number}"))
    return Document(info, packages, relationships=relationships)


def write(components, suffix):
    document = build(components)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, f"bom.{'spdx.rdf' if suffix == 'rdf' else suffix}")
        write_file(document, path)
        read = parse_file(path)
    return {"packages": sorted(p.name for p in read.packages), "messages": [m.validation_message[:60] for m in validate_full_spdx_document(read)]}

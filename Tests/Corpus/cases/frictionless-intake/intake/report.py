import tempfile
from pathlib import Path

from frictionless import Check, Checklist, Package, Resource, describe as fl_describe, validate
from frictionless.resources import TableResource


def flat(report):
    return {
        "valid": report.valid,
        "tasks": {t.name: [t.stats.get("rows"), t.stats.get("errors")] for t in report.tasks},
        "errors": [list(row) for row in report.flatten(["title", "rowNumber", "fieldName", "type", "note"])],
    }


def validate_package(path):
    package = Package(path)
    told = flat(package.validate())
    told["order"] = package.resource_names
    told["keys"] = [fk for r in package.resources for fk in r.schema.foreign_keys]
    package.dereference()
    told["markdown"] = package.to_markdown().splitlines()[:3]
    return told


def describe(path):
    resource = fl_describe(path, stats=True)
    told = {"format": resource.format, "encoding": resource.encoding, "rows": resource.rows, "bytes": resource.bytes, "hash": resource.hash}
    if resource.tabular:
        told["fields"] = [[f.name, f.type] for f in resource.schema.fields]
        told["dialect"] = resource.dialect.to_descriptor()
    return told


def checked(path, checks):
    checklist = Checklist(checks=[Check.from_descriptor(check) for check in checks], skip_errors=["extra-cell"])
    return flat(validate(path, checklist=checklist))


def convert(path, formats):
    told = {}
    for suffix in formats:
        with tempfile.TemporaryDirectory() as folder:
            source = Resource(path)
            target = TableResource(path=f"orders.{suffix}", basepath=folder)
            source.write(target)
            with TableResource(path=f"orders.{suffix}", basepath=folder) as back:
                told[suffix] = [back.header, [row.to_list() for row in back.row_stream][:2]]
            told[suffix].append((Path(folder) / f"orders.{suffix}").stat().st_size > 50)
    return told

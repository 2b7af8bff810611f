import hashlib
import importlib
import re

from translate.storage import factory

from . import FORMATS


def parse(source):
    return factory.getobject(source)


def to(store, name, language):
    module, kind = FORMATS[name].rsplit(".", 1)
    made = getattr(importlib.import_module(module), kind)()
    if hasattr(made, "settargetlanguage"):
        made.settargetlanguage(language)
    for unit in store.units:
        if not (unit.istranslatable() and unit.target):
            continue
        new = made.UnitClass(str(unit.source))
        if name in ("android", "json", "properties"):
            new.setid(re.sub(r"\W+", "_", str(unit.source).lower()).strip("_"))
        new.target = str(unit.target)
        made.addunit(new)
    written = bytes(made)
    if name == "mo":
        return hashlib.sha256(written).hexdigest()[:16]
    return [line.strip() for line in written.decode("utf-8").splitlines()
            if "creationdate" not in line and line.strip()]

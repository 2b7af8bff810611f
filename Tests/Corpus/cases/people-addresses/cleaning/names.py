import probablepeople
from nameparser import HumanName
from nameparser.config import CONSTANTS

CONSTANTS.titles.add("obstlt")


def split(text, contact):
    try:
        parts, kind = probablepeople.tag(text)
    except probablepeople.RepeatedLabelError as error:
        parts, kind = dict(reversed([(label, token) for token, label in error.parsed_string])), "Ambiguous"
    if kind == "Corporation":
        return {"kind": kind, **parts}
    name = HumanName(text)
    name.capitalize(force=True)
    return {"kind": kind, "said": parts.get("Surname", ""), **{k: v for k, v in name.as_dict().items() if v}, "short": name.initials()}

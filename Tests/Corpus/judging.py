"""Judges the archives of a monorepo; what was found is kept beside each case's environment."""

import json
import shutil
import tempfile
import zipfile
from pathlib import Path

import isolated
import run
from environments import key_of, key_of_files


def judge(case, row, own, shared, place, options):
    """Fills in what passed from the own archive and from the shared one; `place` is the case's folder."""
    full = answer_of_all(case, place, options)
    if "error" in full:
        row.note = f"not judged: {full['error']}"
        return
    if not full["agrees"]:
        row.note = "held to the answer of its whole environment"
    for side, packaged in ((row.own, own), (row.shared, shared)):
        side.passed, side.note = verdict(case, packaged, full, place, options)


def answer_of_all(case, place, options):
    """What the handler answers with the case's whole environment on the path; kept."""
    key = key_of(key_of_files(case), (place / "env.key").read_text())
    kept = place / "full.json"
    if kept.exists() and (full := json.loads(kept.read_text()))["key"] == key:
        return full
    full = {"key": key}
    with tempfile.TemporaryDirectory(prefix="full-", dir=place) as temporary:
        root = Path(temporary) / "root"
        shutil.copytree(case, root, ignore=lambda _, names: run.NOT_SHIPPED & set(names))
        try:
            isolated.joined(root, place / "env")
            full["value"] = isolated.call(case, root, Path(temporary), options)
            full["agrees"] = isolated.agrees(case, full["value"])
        except isolated.CaseFailure as failure:
            full["error"] = str(failure)
    kept.write_text(json.dumps(full))
    return full


def verdict(case, packaged, full, place, options):
    """Whether the archive answers as it should, and if not, how; what passed is kept."""
    archive, function = packaged.archive(case.name), packaged.functions[case.name]
    key = key_of(full["key"], json.dumps(full.get("value")), function["contentDigest"])
    kept = place / "passed"
    if kept.exists() and key in kept.read_text().split():
        return True, ""
    if not archive.exists():
        return False, f"no archive: {packaged.said}"
    with tempfile.TemporaryDirectory(prefix="archive-", dir=place) as temporary:
        root = Path(temporary) / "unpacked"
        try:
            with zipfile.ZipFile(archive) as opened:
                isolated.unpack(opened, root)
            answer = isolated.call(case, root, Path(temporary), options)
        except isolated.CaseFailure as failure:
            return False, str(failure)
    agrees = isolated.agrees(case, answer) if full["agrees"] else answer == full["value"]
    if not agrees:
        return False, f"another answer: {json.dumps(answer)[:300]}"
    with kept.open("a") as file:
        file.write(key + "\n")
    return True, ""

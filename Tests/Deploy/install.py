#!/usr/bin/env python3
"""Installs what `.ci/release` has made, and uses it where there is no Swift.

    python3 Tests/Deploy/install.py FOLDER

FOLDER has one wheel and one Debian package. Each is installed from its file, without an index; its tool says its
version and packages a project of SAM templates twice, to the same bytes from both. Standard library and pip only.
"""

import email
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = ROOT / "TestProjects/sam-templates/project"


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{words[0]}: exit {done.returncode}: {(done.stderr or done.stdout)[-1500:]}"
    return done.stdout


def use(tool, work, *, opens=None):
    """The archives' hashes of a project, made by a tool that has nothing but the system beside it."""
    project = work / "project"
    shutil.copytree(PROJECT, project)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(work / "home"), "LC_ALL": "C.UTF-8", "LD_DEBUG": "libs",
                   "LD_DEBUG_OUTPUT": str(work / "loaded")}
    assert not shutil.which("swift", path=environment["PATH"]), "there is a Swift on the path"
    assert re.fullmatch(r"pare \d+\.\d+\.\d+\n", run(tool, "--version", env=environment)), "the version is none"
    run(tool, "package", "-C", project, "--template", env=environment)
    assert (project / ".aws-sam/build/template.yaml").is_file()
    loaded = "".join(path.read_text() for path in work.glob("loaded.*"))
    initialised = set(re.findall(r"calling init: (\S+)", loaded))
    assert not [path for path in initialised if "swift" in path.lower()], initialised
    if opens:
        for name in ("libyaml-0.so.2", "libdeflate.so.0"):
            assert any(path.endswith(f"/{name}") and Path(path).resolve() == (opens / name).resolve()
                       for path in initialised), f"{name} is not the wheel's: {sorted(initialised)}"
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (project / "dist").glob("*.zip")}


def wheel(path, work):
    """In an environment of its own, by pip, which checks RECORD's hashes and the tag against the system."""
    with zipfile.ZipFile(path) as archive:
        name = next(it for it in archive.namelist() if it.endswith(".dist-info/METADATA"))
        said = email.message_from_bytes(archive.read(name))
    assert (said["Name"], said["License-Expression"]) == ("pare", "MIT"), said.items()
    run(sys.executable, "-m", "venv", work / "venv")
    run(work / "venv/bin/python", "-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", path)
    run(work / "venv/bin/python", "-m", "pip", "check")
    made = use(work / "venv/bin/pare", work, opens=work / "venv/lib/pare")
    # All of it goes when it is uninstalled.
    run(work / "venv/bin/python", "-m", "pip", "uninstall", "--quiet", "--yes", "pare")
    assert not (work / "venv/bin/pare").exists() and not list((work / "venv/lib/pare").glob("*"))
    return made


def debian(path, work):
    """Unpacked as it would be installed; its fields and its completions are there."""
    run("dpkg-deb", "--extract", path, work / "root")
    fields = dict(line.split(": ", 1) for line in run("dpkg-deb", "--field", path).splitlines() if ": " in line)
    assert fields["Package"] == "pare" and "libc6 (>= 2." in fields["Depends"], fields
    assert "libyaml-0-2" in fields["Depends"], fields
    for name in ("bash-completion/completions/pare", "zsh/vendor-completions/_pare", "doc/pare/copyright"):
        assert (work / "root/usr/share" / name).stat().st_size > 100, name
    return use(work / "root/usr/bin/pare", work)


def main():
    folder = Path(sys.argv[1])
    made = []
    for pattern, install in (("*.whl", wheel), ("*.deb", debian)):
        path, = folder.glob(pattern)
        with tempfile.TemporaryDirectory(prefix="pare-install.") as work:
            made.append(install(path, Path(work)))
        print(f"{path.name}: installed without Swift, {len(made[-1])} archives")
    assert made[0] and made[0] == made[1], made


if __name__ == "__main__":
    main()

"""Environments of the real parts, made once below the working folder: each has what its provider has."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

# What each provider's own runtime is made of. Azure's library of the second programming model is for 3.13.
LAMBDA = ("3.12", ["awslambdaric==4.2.2", "boto3==1.44.8"])
GOOGLE = ("3.12", ["functions-framework==3.10.2"])
AZURE = ("3.13", ["azure-functions-runtime==1.3.0"])


class NoNetwork(Exception):
    """PyPI is not reachable, or does not have what is asked for."""


class NoPython(Exception):
    """No interpreter of a version."""


def python_of(version):
    """The first interpreter of a version, on PATH or among pyenv's."""
    roots = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")), Path("/opt/pyenv")]
    candidates = [f"python{version}"]
    candidates += [str(at) for root in roots for at in sorted(root.glob(f"versions/{version}.*/bin/python{version}"))]
    test = f"import sys, venv; assert '%d.%d' % sys.version_info[:2] == '{version}'; print(sys.executable)"
    for candidate in candidates:
        try:
            found = subprocess.run([candidate, "-c", test], capture_output=True, text=True)
        except OSError:
            continue
        if found.returncode == 0:
            return found.stdout.strip()
    raise NoPython(f"no Python {version} here")


def run(arguments, **options):
    done = subprocess.run([str(word) for word in arguments], capture_output=True, text=True, **options)
    if done.returncode:
        raise NoNetwork(f"{Path(str(arguments[0])).name}: {(done.stderr or done.stdout).strip()[-400:]}")
    return done.stdout


def clients(work):
    """The interpreter of an environment with `requirements.txt`, and `uv` for the others."""
    root = work / "clients"
    python = root / "bin/python"
    if not (root / "complete").exists():
        run([sys.executable, "-m", "venv", "--clear", root])
        run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])
        run([root / "bin/uv", "pip", "install", "--quiet", "--python", python, "-r", HERE / "requirements.txt"])
        (root / "complete").touch()
    return python


def runtime(work, name, version, distributions):
    """A bare interpreter, and beside it the folder with what a provider puts on the path behind the function's own."""
    root = work / name
    python = root / "python/bin/python"
    if not (root / "complete").exists():
        base = python_of(version)
        run([base, "-m", "venv", "--clear", "--without-pip", root / "python"])
        run([work / "clients/bin/uv", "pip", "install", "--quiet", "--python", python, "--only-binary", ":all:",
             "--target", root / "packages"] + distributions)
        (root / "complete").touch()
    return python, root / "packages"

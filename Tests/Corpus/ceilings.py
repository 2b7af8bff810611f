"""How many bytes archives may have, unpacked: `ceilings.json`, beside a folder of cases.

    {"alembic-offline": {"installed": 18961373, "installed-distributions": 24013877, "shared": 19000000}}

`installed` is held by `run.py`: packaged from the case's own environment. `shared` is held by
`monorepo.py`: from one environment for all. With `-distributions` behind it is what
`prune = "distributions"` makes of it, which nothing holds: it shows what following modules is worth.
A ceiling is good for the processor whose wheels it was measured with, x86_64.
"""

import json
import platform
import sys

SLACK = 1.01


def file_of(cases):
    return cases.resolve().parent / "ceilings.json"


def read(cases):
    """Case → kind → bytes; nothing on another processor, and where there is no file."""
    file = file_of(cases)
    return json.loads(file.read_text()) if file.exists() and platform.machine() == "x86_64" else {}


def above(ceilings, case, kind, size):
    """Why `size` is too much, or nothing."""
    ceiling = ceilings.get(case, {}).get(kind)
    if ceiling is None or size <= ceiling * SLACK:
        return ""
    return f"{size:,} bytes are {100 * size / ceiling - 100:.1f} % above the ceiling of {ceiling:,}"


def write(cases, measured):
    """Puts what was measured in the place of what stands for the same cases and kinds."""
    if platform.machine() != "x86_64":
        sys.exit("ceilings are set on x86_64 only")
    kept = read(cases)
    for case, sizes in measured.items():
        kept[case] = {**kept.get(case, {}), **sizes}
    lines = (f'{json.dumps(case)}: {json.dumps(kept[case], sort_keys=True)}' for case in sorted(kept))
    file_of(cases).write_text("{\n " + ",\n ".join(lines) + "\n}\n")

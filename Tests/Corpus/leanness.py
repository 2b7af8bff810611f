"""What the shared environment costs: rows, their table, and what is wrong with them."""

import statistics
import subprocess
from dataclasses import dataclass, field

import ceilings

SUM_BOUND, SINGLE_BOUND, TOLD_BOUND = 1.03, 1.25, 1.05


@dataclass
class Side:
    """A function from one of the two environments; sizes are bytes, unpacked."""
    bytes: int = 0
    distributions: dict = field(default_factory=dict)
    # With the other --prune.
    pruned_otherwise: int = 0
    # Nothing where it was not judged.
    passed: "bool | None" = None
    note: str = ""


@dataclass
class Row:
    case: str
    own: Side = field(default_factory=Side)
    shared: Side = field(default_factory=Side)
    # Why it is not judged, or not by what the case expects.
    note: str = ""

    @property
    def ratio(self):
        return self.shared.bytes / self.own.bytes

    @property
    def told(self):
        """Whether the difference is worth a look."""
        return not 1 / TOLD_BOUND <= self.ratio <= TOLD_BOUND or broken(self)


def broken(row):
    return bool(row.own.passed and not row.shared.passed)


def table(rows, project, options):
    """Lines; below a row that needs a look stands what makes the difference, largest first."""
    width = max((len(row.case) for row in rows), default=0)
    other = f" {'own':>13} {'shared':>13}" if options.prune else ""
    yield f"{'':{width}} {'own':>13} {'shared':>13} {'ratio':>6}{other}  passed"
    if options.prune:
        yield f"{'':{width}} {'':34} {'with prune ' + options.prune:>28}"
    for row in rows:
        otherwise = (row.own.pruned_otherwise, row.shared.pruned_otherwise) if options.prune else ()
        whole = "".join(f" {size:13,}" for size in otherwise)
        figures = f"{row.own.bytes:13,} {row.shared.bytes:13,} {row.ratio:6.3f}{whole}"
        passed = "  ".join(judgement(side) for side in (row.own, row.shared))
        yield f"{row.case:{width}} {figures}  {passed}  {row.note[:160]}".rstrip()
        for side in (row.own, row.shared):
            if side.note:
                yield f"    {side.note[:300]}"
        if row.told:
            yield from differences(row, project, options)


def judgement(side):
    return {True: "pass", False: "FAIL", None: "-"}[side.passed]


def differences(row, project, options):
    for title, here, there in (
        ("only shared", row.shared.distributions, row.own.distributions),
        ("only own", row.own.distributions, row.shared.distributions),
    ):
        more = {name: size - there.get(name, 0) for name, size in here.items()}
        largest = sorted(((size, name) for name, size in more.items() if size > 0), reverse=True)
        if largest:
            yield f"    {title}: " + ", ".join(f"{name} {size:,}" for size, name in largest)
        if here is row.shared.distributions:
            for _, name in largest[: options.why]:
                yield from why(row.case, name, project, options)


def why(case, distribution, project, options):
    command = [str(options.pare), "why", case, distribution, "--project", str(project)]
    done = subprocess.run(command, capture_output=True, text=True)
    return (f"        {line}" for line in (done.stdout + done.stderr).splitlines())


def sums(rows, own_seconds, shared_seconds, options):
    if not rows:
        return
    own, shared = sum(row.own.bytes for row in rows), sum(row.shared.bytes for row in rows)
    ratios = [row.ratio for row in rows]
    yield (
        f"\n{len(rows)} functions: own {own:,}, shared {shared:,} bytes: {shared / own:.3f} times; "
        f"median {statistics.median(ratios):.3f}, worst {max(ratios):.3f}")
    if options.prune:
        own = sum(row.own.pruned_otherwise for row in rows)
        shared = sum(row.shared.pruned_otherwise for row in rows)
        yield f"with prune {options.prune}: own {own:,}, shared {shared:,} bytes: {shared / own:.3f} times"
    yield f"traced and selected: own {own_seconds:.2f} s, shared {shared_seconds:.2f} s"
    judged = [row for row in rows if row.own.passed is not None]
    if judged:
        own, shared = sum(row.own.passed for row in judged), sum(row.shared.passed for row in judged)
        yield f"judged {len(judged)}; passed: own {own}, shared {shared}"


def complaints(rows, options):
    """What makes the exit status 1."""
    sized = [row for row in rows if row.own.bytes and row.shared.bytes]
    own, shared = sum(row.own.bytes for row in sized), sum(row.shared.bytes for row in sized)
    if not sized:
        yield "nothing was packaged from both environments"
    elif shared > own * SUM_BOUND:
        yield f"the sum is {shared / own:.3f} times that from the own environments, above {SUM_BOUND}"
    for row in rows:
        if row not in sized:
            yield f"{row.case}: {row.note}"
            continue
        if row.ratio > SINGLE_BOUND:
            yield f"{row.case}: {row.ratio:.3f} times, above {SINGLE_BOUND}"
        if broken(row):
            yield f"{row.case}: passes from its own environment, not from the shared one: {row.shared.note}"
        if above := ceilings.above(options.ceilings, row.case, "shared", row.shared.bytes):
            yield f"{row.case}: {above}"

import math

from .drawing import PARTS, area


def quote(rings, material):
    data = PARTS["materials"][material]
    length = sum(math.dist(a, b) for ring in rings for a, b in zip(ring, ring[1:]))
    surface = abs(area(rings[0])) - sum(abs(area(ring)) for ring in rings[1:])
    return {"rings": len(rings), "cut_mm": round(length, 1), "mm2": round(surface, 1),
            "euro": round(surface * data["density"] / 1e6 * data["euro_per_kg"] + length * data["seconds_per_mm"] / 36, 2)}

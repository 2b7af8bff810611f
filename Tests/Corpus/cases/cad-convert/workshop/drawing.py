import collections
import io
import tomllib
from pathlib import Path

import ezdxf
from ezdxf import recover, path, units

PARTS = tomllib.loads((Path(__file__).parent / "parts.toml").read_text())


def load(content):
    document, auditor = recover.read(io.BytesIO(content))
    return document, {"errors": len(auditor.errors), "fixed": [e.message[:60] for e in auditor.fixes][:3]}


def template(name, values):
    part = PARTS[name]
    document = ezdxf.new("R2018", setup=True)
    document.units = units.MM
    for layer, color in part["layers"].items():
        document.layers.add(layer, color=color, linetype="CONTINUOUS")
    space = document.modelspace()
    corners = [tuple(values.get(v, v) if isinstance(v, str) else v for v in point) for point in part["outline"]]
    space.add_lwpolyline(corners, close=True, dxfattribs={"layer": "CUT"})
    for x, y, r in part["holes"]:
        space.add_circle((x, y), r, dxfattribs={"layer": "CUT"})
    space.add_spline([(5, 20), (15, 30), (25, 20)], dxfattribs={"layer": "ENGRAVE"})
    space.add_mtext(part["label"].format(**values), dxfattribs={"layer": "ENGRAVE", "char_height": 2.5}).set_location((5, 35))
    hatch = space.add_hatch(color=3, dxfattribs={"layer": "ENGRAVE"})
    hatch.set_pattern_fill("ANSI31", scale=0.5)
    hatch.paths.add_polyline_path([(35, 20), (39, 20), (39, 24), (35, 24)], is_closed=True)
    space.add_linear_dim(base=(0, -8), p1=corners[0], p2=corners[1], dimstyle="EZDXF").render()
    return document, {"errors": len(document.audit().errors), "fixed": []}


def outline(document):
    rings = []
    for entity in document.modelspace().query('LWPOLYLINE CIRCLE[layer=="CUT"]'):
        made = path.make_path(entity)
        rings.append([(round(v.x, 6), round(v.y, 6)) for v in made.flattening(0.05)])
    return sorted(rings, key=lambda ring: -abs(area(ring)))


def area(ring):
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1])) / 2


def census(document):
    from ezdxf import bbox

    box = bbox.extents(document.modelspace().query("LWPOLYLINE CIRCLE SPLINE"))
    kinds = collections.Counter(e.dxftype() for e in document.modelspace())
    return {"kinds": dict(sorted(kinds.items())), "size": [round(v, 3) for v in box.size], "layers": sorted(l.dxf.name for l in document.layers)}

import json
import re

from ezdxf.addons.drawing import Frontend, RenderContext, layout
from ezdxf.addons.drawing.config import BackgroundPolicy, ColorPolicy, Configuration


def render(document, backend):
    config = Configuration(background_policy=BackgroundPolicy.WHITE, color_policy=ColorPolicy.BLACK)
    Frontend(RenderContext(document), backend, config=config).draw_layout(document.modelspace())
    return backend


def to_svg(document, outline, thickness, work):
    from ezdxf.addons.drawing import svg

    text = render(document, svg.SVGBackend()).get_string(layout.Page(0, 0, layout.Units.mm, layout.Margins.all(2)))
    return {"paths": len(re.findall("<path", text)) > 5, "width": re.search(r'width="([^"]+)"', text)[1]}


def to_hpgl(document, outline, thickness, work):
    from ezdxf.addons.drawing import hpgl2

    made = render(document, hpgl2.PlotterBackend()).compatible(layout.Page(100, 100, layout.Units.mm))
    return {"long": len(made) > 200, "pens": made.count(b"SP")}


def to_json(document, outline, thickness, work):
    from ezdxf.addons.drawing import json as json_backend

    made = json.loads(render(document, json_backend.GeoJSONBackend()).get_string())
    return {"type": made["type"], "lines": any(f["geometry"]["type"].endswith("LineString") for f in made["features"])}

"""A TSV and a GeoJSON output, a SQL function, and a banner for the templates."""

import json
import math

from datasette import hookimpl, Response


@hookimpl
def register_output_renderer(datasette):
    return [{"extension": "tsv", "render": render_tsv}, {"extension": "geojson", "render": render_geojson, "can_render": placed}]


def render_tsv(columns, rows):
    return Response.text("\n".join("\t".join(str(v) for v in row) for row in [columns, *rows]))


def placed(columns):
    return {"lat", "lon"} <= set(columns)


def render_geojson(rows):
    shapes = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]}, "properties": {"name": row["name"]}}
        for row in rows
    ]
    return Response(json.dumps({"type": "FeatureCollection", "features": shapes}), content_type="application/json")


@hookimpl
def prepare_connection(conn):
    def km(lat1, lon1, lat2, lon2):
        a, b, c, d = map(math.radians, (lat1, lon1, lat2, lon2))
        return round(6371 * math.acos(min(1, math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d))), 1)

    conn.create_function("km", 4, km)


@hookimpl
def extra_template_vars(datasette):
    return {"banner": datasette.plugin_config("formats")["banner"]}

"""Maps as tables: PROJ's database, GDAL's drivers, shapes."""

import json
import os
import tempfile

import geopandas as gpd
import pandas as pd
import pyproj
from shapely.geometry import Point, box


def handler(event, context):
    frame = gpd.GeoDataFrame(pd.DataFrame({"name": [n for n, *_ in event["places"]]}), geometry=[Point(x, y) for _, x, y in event["places"]], crs="EPSG:4326")
    projected = frame.to_crs(31287)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "p.gpkg")
        frame.to_file(path, driver="GPKG")
        read = gpd.read_file(path)
    joined = gpd.sjoin(frame, gpd.GeoDataFrame({"land": ["east"]}, geometry=[box(16, 47, 18, 49)], crs=4326))
    return {"metres": [round(p.x, -2) for p in projected.geometry], "read": read.name.tolist(), "joined": joined.name.tolist(),
            "crs": pyproj.CRS("EPSG:31287").name, "km": round(float(projected.distance(projected.geometry.iloc[0]).max()) / 1000),
            "json": json.loads(frame.to_json())["features"][0]["properties"]}

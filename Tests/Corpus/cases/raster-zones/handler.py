"""Elevation as GeoTIFF: written, reprojected and masked in memory; hexagons and time zones of its points."""

import h3
import numpy as np
import rasterio
from h3.api import numpy_int
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.features import geometry_mask, rasterize, shapes
from rasterio.fill import fillnodata
from rasterio.io import MemoryFile
from rasterio.mask import mask
from rasterio.merge import merge
from rasterio.transform import from_origin, rowcol
from rasterio.vrt import WarpedVRT
from rasterio.warp import calculate_default_transform, reproject, transform, transform_bounds
from rasterio.windows import Window
from timezonefinder import TimezoneFinder, TimezoneFinderL

SQUARE = {"type": "Polygon", "coordinates": [[[13.2, 52.3], [13.6, 52.3], [13.6, 52.7], [13.2, 52.7], [13.2, 52.3]]]}


def raster(event):
    data = np.add.outer(np.arange(20.0), np.arange(20.0)).astype("float32")
    profile = dict(driver="GTiff", width=20, height=20, count=1, dtype="float32", crs="EPSG:4326", transform=from_origin(13.0, 53.0, 0.05, 0.05), nodata=-1, compress="deflate", tiled=True, blockxsize=16, blockysize=16)
    with MemoryFile() as memory:
        with memory.open(**profile) as made:
            made.write(data, 1)
            made.update_tags(kind="elevation")
            made.build_overviews([2], Resampling.average)
        with memory.open() as source:
            warped, width, height = calculate_default_transform(source.crs, event["crs"], 20, 20, *source.bounds)
            target = np.zeros((height, width), "float32")
            reproject(rasterio.band(source, 1), target, dst_transform=warped, dst_crs=event["crs"], resampling=Resampling.bilinear)
            cut, _ = mask(source, [SQUARE], crop=True)
            with WarpedVRT(source, crs="EPSG:3857") as virtual:
                web = list(virtual.shape)
            merged, _ = merge([source], res=0.1)
            window = source.read(1, window=Window(2, 3, 2, 2)).tolist()
            sample = [float(v[0]) for v in source.sample([tuple(event["place"])])]
            about = [source.crs.to_epsg(), source.overviews(1), source.tags()["kind"], source.lnglat()[0]]
            row = [int(v) for v in rowcol(source.transform, *event["place"])]
    with MemoryFile() as picture:
        with picture.open(driver="PNG", width=20, height=20, count=1, dtype="uint8") as made:
            made.write(data.astype("uint8"), 1)
        png = picture.read()[:4].hex()
    holes = np.where(data == 10, 0, 1).astype("uint8")
    burnt = rasterize([(SQUARE, 5)], out_shape=(20, 20), transform=profile["transform"])
    x, y = transform("EPSG:4326", CRS.from_string("+proj=utm +zone=33 +datum=WGS84"), [event["place"][0]], [event["place"][1]])
    return {
        "about": about, "warped": [width, height, int(target.max())], "cut": list(cut.shape), "web": web, "merged": list(merged.shape), "window": window, "sample": sample, "row": row, "png": png,
        "burnt": int(burnt.sum()), "inside": int((~geometry_mask([SQUARE], (20, 20), profile["transform"])).sum()), "shapes": len(list(shapes(holes))), "filled": float(fillnodata(data.copy(), holes)[0, 10]),
        "utm": [round(x[0]), round(y[0])], "bounds": [round(v, 2) for v in transform_bounds("EPSG:32633", "EPSG:4326", 3e5, 5.8e6, 4e5, 5.9e6)], "wkt": CRS.from_epsg(25833).to_wkt()[:25],
        "dutch": [round(v[0]) for v in transform("EPSG:4326", "EPSG:28992", [5.387], [52.155])],
    }


def hexagons(event):
    longitude, latitude = event["place"]
    cell = h3.latlng_to_cell(latitude, longitude, 8)
    ring = h3.grid_disk(cell, 1)
    inside = h3.geo_to_cells(SQUARE, 5)
    return {"cell": cell, "ring": len(ring), "inside": len(inside), "compact": len(h3.compact_cells(h3.cell_to_children(cell, 10))), "area": round(h3.cell_area(cell, unit="km^2"), 3),
            "edges": len(h3.cell_to_boundary(cell)), "numbers": str(numpy_int.grid_disk(int(cell, 16), 1).dtype), "shape": h3.cells_to_h3shape(ring).__geo_interface__["type"]}


def handler(event, context):
    finder, quick = TimezoneFinder(), TimezoneFinderL()
    zones = [[finder.timezone_at(lng=x, lat=y), quick.timezone_at(lng=x, lat=y)] for x, y in event["zones"]]
    return {"raster": raster(event), "hexagons": hexagons(event), "zones": zones, "sea": finder.timezone_at_land(lng=0.0, lat=0.0), "names": len(finder.timezone_names) > 300}

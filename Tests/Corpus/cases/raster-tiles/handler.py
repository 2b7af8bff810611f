"""Map tiles from a cloud-optimised GeoTIFF that is made in memory."""

import datetime

import morecantile
import numpy as np
import pystac
import rasterio
from pyproj import CRS
from rasterio.io import MemoryFile
from rasterio.shutil import copy
from rasterio.transform import from_origin
from rio_tiler.colormap import cmap
from rio_tiler.errors import TileOutsideBounds
from rio_tiler.expression import get_expression_blocks
from rio_tiler.io import Reader, STACReader
from rio_tiler.mosaic import mosaic_reader
from rio_tiler.mosaic.methods import defaults


def tiled(path, x, y, z):
    with Reader(path) as reader:
        return reader.tile(x, y, z, indexes=1)


def handler(event, context):
    height = np.add.outer(np.arange(1024), np.arange(1024)).astype("uint16")
    profile = dict(driver="GTiff", width=1024, height=1024, count=2, dtype="uint16", crs="EPSG:32633", transform=from_origin(380000, 5830000, 20, 20), nodata=65535)
    with MemoryFile() as plain, MemoryFile(filename="cog.tif") as cloud:
        with plain.open(**profile) as made:
            made.write(np.stack([height, height[::-1]]))
            made.update_tags(1, name="height")
            made.set_band_description(1, "height")
        copy(plain.name, cloud.name, driver="COG", compress="ZSTD", overview_resampling="average")
        with rasterio.open(cloud.name) as opened:
            facts = [opened.profile["driver"], opened.compression.value, opened.overviews(1), opened.block_shapes[0], opened.tags(1)["name"]]
        grid = morecantile.tms.get("WebMercatorQuad")
        tile = grid.tile(event["lon"], event["lat"], event["zoom"])
        with Reader(cloud.name) as reader:
            zooms = [reader.minzoom, reader.maxzoom]
            image = reader.tile(tile.x, tile.y, tile.z, tilesize=128, indexes=1)
            ratio = reader.tile(tile.x, tile.y, tile.z, tilesize=64, expression="b1/(b1+b2)")
            point = reader.point(event["lon"], event["lat"]).array.tolist()
            stats = reader.statistics()["b1"]
            try:
                reader.tile(0, 0, event["zoom"])
                outside = None
            except TileOutsideBounds:
                outside = True
            box = reader.get_geographic_bounds("EPSG:4326")
            area = reader.feature({"type": "Polygon", "coordinates": [[(13.35, 52.5), (13.4, 52.45), (13.45, 52.5), (13.35, 52.5)]]}, max_size=64)
        item = pystac.Item("tea", None, list(box), datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC), {}, assets={"height": pystac.Asset(cloud.name, media_type=pystac.MediaType.COG, roles=["data"])})
        item.geometry = {"type": "Polygon", "coordinates": [[(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[1])]]}
        with STACReader(None, item=item) as stac:
            preview = stac.preview(assets=["height"], max_size=32)
            described = [list(stac.assets), stac.info()["height"].dtype]
        merged, used = mosaic_reader([cloud.name, cloud.name], tiled, tile.x, tile.y, tile.z, threads=0, pixel_selection=defaults.HighestMethod())
        image.rescale(in_range=((0, 2048),))
        encoded = {}
        for kind in event["formats"]:
            content = image.render(img_format=kind, colormap=cmap.get("viridis") if kind != "GTiff" else None)
            with MemoryFile(content) as file, file.open() as opened:
                encoded[kind] = [opened.driver, opened.count, opened.width]
    return {
        "facts": facts, "area": [area.count, bool(area.mask.any())], "stac": described + [preview.count, max(preview.width, preview.height)], "mosaic": [merged.count, len(used)], "tile": [tile.x, tile.y, tile.z], "zooms": zooms,
        "range": [int(image.data.min()) >= 0, str(image.data.dtype)], "ratio": [ratio.band_names, 0 < float(ratio.data.mean()) < 1], "point": point,
        "stats": [stats.min, stats.max, len(stats.histogram[0])], "outside": outside, "encoded": encoded, "grids": len(morecantile.tms.list()),
        "wgs84": morecantile.tms.get("WGS1984Quad").crs.to_epsg(), "colours": [[int(c) for c in cmap.get("terrain")[0]], "ylgnbu" in cmap.list()],
        "feature": grid.feature(tile)["properties"]["title"], "near": len(grid.neighbors(tile)), "custom": morecantile.TileMatrixSet.custom([0, 0, 1e6, 1e6], CRS.from_epsg(25833)).xy_bounds(0, 0, 0).left, "blocks": get_expression_blocks("b1;b2+1"),
    }

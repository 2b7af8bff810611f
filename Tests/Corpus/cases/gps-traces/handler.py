"""Tracks: GPX and KML read, GeoJSON and shapefiles written by Fiona, an R-tree, SQL of GeoAlchemy."""
import tempfile
import fiona
import fiona.transform
import gpxpy
import gpxpy.gpx
from fastkml import kml
from fiona.crs import CRS
from geoalchemy2 import Geometry, functions as func
from geoalchemy2.elements import WKTElement
from rtree import index
from sqlalchemy import Column, Integer, MetaData, Table, select
from sqlalchemy.dialects import postgresql


def handler(event, context):
    gpx = gpxpy.gpx.GPX()
    segment = gpxpy.gpx.GPXTrackSegment([gpxpy.gpx.GPXTrackPoint(y, x, elevation=5) for x, y in event["points"]])
    gpx.tracks.append(gpxpy.gpx.GPXTrack(name="t"))
    gpx.tracks[0].segments.append(segment)
    again = gpxpy.parse(gpx.to_xml())
    told = {"length": round(again.length_2d())}
    with tempfile.TemporaryDirectory() as folder:
        for driver, name in (("GeoJSON", "a.geojson"), ("ESRI Shapefile", "a.shp"), ("GPKG", "a.gpkg")):
            schema = {"geometry": "Point", "properties": {"n": "int"}}
            with fiona.open(f"{folder}/{name}", "w", driver=driver, schema=schema, crs=CRS.from_epsg(4326)) as out:
                out.writerecords({"type": "Feature", "geometry": {"type": "Point", "coordinates": p}, "properties": {"n": i}} for i, p in enumerate(event["points"]))
            with fiona.open(f"{folder}/{name}") as source:
                told[driver] = [len(source), source.crs.to_epsg(), source.driver]
    told["mercator"] = [round(v[0]) for v in fiona.transform.transform("EPSG:4326", "EPSG:3857", [1.0], [50.0])]
    tree = index.Index()
    for i, (x, y) in enumerate(event["points"]):
        tree.insert(i, (x, y, x, y))
    told["near"] = list(tree.nearest((0, 0, 0, 0), 1))
    document = kml.KML.from_string('<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark id="p"><name>Shop</name><Point><coordinates>1,2,0</coordinates></Point></Placemark></kml>')
    told["kml"] = [f.name for f in document.features]
    places = Table("places", MetaData(), Column("id", Integer), Column("geom", Geometry("POINT", srid=4326)))
    query = select(places.c.id).where(func.ST_DWithin(places.c.geom, WKTElement("POINT(1 2)", srid=4326), 10))
    told["sql"] = str(query.compile(dialect=postgresql.dialect()))
    return told

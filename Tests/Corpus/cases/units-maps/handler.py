"""Quantities with their registry, a map from templates, a medical image with its dictionaries."""

import io

import folium
import numpy as np
import pint
import pydicom
from branca.colormap import linear
from folium.plugins import HeatMap, MarkerCluster
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import UID, ExplicitVRLittleEndian, RLELossless


def handler(event, context):
    units = pint.UnitRegistry()
    units.define("cup = 0.25 * liter = c_")
    speed = (units(event["distance"]) / units("30 min")).to("km/h")
    with units.context("sp"):
        wave = units.Quantity(500, "nm").to("THz")
    try:
        units("3 m") + units("2 s")
    except pint.DimensionalityError as error:
        wrong = str(error)
    shown = folium.Map([52.5, 13.4], zoom_start=12, tiles="OpenStreetMap")
    group = MarkerCluster().add_to(shown)
    folium.Marker([52.5, 13.4], popup="Tea <b>shop</b>", icon=folium.Icon(icon="mug-hot", prefix="fa")).add_to(group)
    HeatMap([[52.5, 13.4, 1]]).add_to(shown)
    folium.GeoJson({"type": "Point", "coordinates": [13.4, 52.5]}).add_to(shown)
    linear.YlGn_09.scale(0, 3).add_to(shown)
    page = shown.get_root().render()
    meta = FileMetaDataset()
    meta.TransferSyntaxUID, meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = ExplicitVRLittleEndian, UID("1.2.840.10008.5.1.4.1.1.7"), UID("1.2.3")
    image = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    image.PatientName, image.SOPClassUID, image.SOPInstanceUID = "Lee^Ann", meta.MediaStorageSOPClassUID, "1.2.3"
    image.Rows, image.Columns, image.SamplesPerPixel, image.PhotometricInterpretation = 4, 4, 1, "MONOCHROME2"
    image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 8, 8, 7, 0
    image.PixelData = np.arange(16, dtype="u1").tobytes()
    image.compress(RLELossless, generate_instance_uid=False)
    stream = io.BytesIO()
    image.save_as(stream, enforce_file_format=True)
    back = pydicom.dcmread(io.BytesIO(stream.getvalue()))
    return {
        "speed": f"{speed:.1f~P}", "wave": round(wave.magnitude, 1), "wrong": wrong, "cups": round(units("3 cup").to("ml").magnitude, 3), "latex": f"{units('m/s').units:L}",
        "system": sorted(dir(units.sys))[:3], "map": [page.count("L.marker"), "heatLayer" in page, "Tea <b>shop</b>" in page], "keyword": back["PatientName"].name,
        "family": back.PatientName.family_name, "sum": int(back.pixel_array.sum()), "class": back.SOPClassUID.name, "json": sorted(back.to_json_dict())[:2], "frames": len(encapsulate([b"ab"])) > 2,
    }

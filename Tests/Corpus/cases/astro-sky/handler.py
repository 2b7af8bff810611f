"""Where the Sun and a satellite stand: astropy without its downloads, skyfield, SGP4."""

import io

import numpy as np
from astropy import units as u
from astropy.constants import G, M_sun, c
from astropy.coordinates import AltAz, EarthLocation, SkyCoord, get_body, get_sun
from astropy.cosmology import Planck18
from astropy.io import fits
from astropy.modeling import fitting, models
from astropy.stats import sigma_clipped_stats
from astropy.table import QTable, Table, join
from astropy.time import Time
from astropy.utils import iers
from astropy.wcs import WCS
from sgp4.api import Satrec, jday
from sgp4.conveniences import dump_satrec
from skyfield.api import EarthSatellite, load, wgs84
from skyfield.framelib import itrs

iers.conf.auto_download = False


def handler(event, context):
    when = Time(event["time"], scale="utc")
    here = EarthLocation(lat=event["place"][0] * u.deg, lon=event["place"][1] * u.deg, height=40 * u.m)
    sun = get_sun(when).transform_to(AltAz(obstime=when, location=here))
    moon = get_body("moon", when, here)
    star = SkyCoord("05h34m31.94s", "+22d00m52.2s", frame="icrs")
    line1, line2 = event["tle"]
    raw = Satrec.twoline2rv(line1, line2)
    error, position, _ = raw.sgp4(*jday(2014, 1, 23, 11, 18, 7))
    scale = load.timescale(builtin=True)
    satellite = EarthSatellite(line1, line2, "ISS", scale)
    moment = scale.utc(2014, 1, 23, 11, 18, 7)
    ground = wgs84.subpoint(satellite.at(moment))
    seen = (satellite - wgs84.latlon(*event["place"])).at(moment).altaz()
    events = satellite.find_events(wgs84.latlon(*event["place"]), scale.utc(2014, 1, 23), scale.utc(2014, 1, 24), altitude_degrees=30)[1]
    table = QTable({"name": ["a", "b"], "flux": [1.5, 2.5] * u.Jy, "t": when + [0, 1] * u.day})
    text = io.StringIO()
    table.write(text, format="ascii.ecsv")
    back = QTable.read(text.getvalue(), format="ascii.ecsv")
    votable = io.BytesIO()
    Table({"x": [1, 2]}).write(votable, format="votable")
    wcs = WCS(naxis=2)
    wcs.wcs.crpix, wcs.wcs.cdelt, wcs.wcs.crval, wcs.wcs.ctype = [50, 50], [-0.01, 0.01], [83.63, 22.01], ["RA---TAN", "DEC--TAN"]
    stream = io.BytesIO()
    image = np.random.default_rng(1).normal(10, 1, (100, 100)).astype("float32")
    fits.HDUList([fits.PrimaryHDU(), fits.CompImageHDU(image, header=wcs.to_header(), compression_type="RICE_1")]).writeto(stream)
    with fits.open(io.BytesIO(stream.getvalue())) as opened:
        close = bool(np.allclose(opened[1].data, image, atol=0.3))
        pixel = WCS(opened[1].header).world_to_pixel(star)
    x = np.linspace(-3, 3, 50)
    line = fitting.LinearLSQFitter()(models.Polynomial1D(2), x, 1 + 2 * x + 3 * x ** 2)
    wave = (500 * u.nm).to(u.THz, u.spectral())
    return {
        "sun": [round(sun.alt.deg, 1), round(sun.az.deg, 0)], "moon": [round(moon.ra.deg), round(moon.dec.deg)], "star": [star.galactic.to_string(precision=2), star.get_constellation(), star.to_string("hmsdms", precision=0)],
        "time": [when.tai.isot, round(when.sidereal_time("mean", "greenwich").hour, 3), when.datetime64.astype(str)[:10], round(float(when.delta_ut1_utc), 1)], "wave": f"{wave:.2f}",
        "satellite": [error, [round(p) for p in position], round(ground.latitude.degrees, 1), round(seen[0].degrees), len(events), "inclo" in "".join(dump_satrec(raw))], "frame": round(float(satellite.at(moment).frame_xyz(itrs).km[0])),
        "table": [str(back["flux"].unit), back["t"].isot[1], len(join(Table({"k": [1, 2]}), Table({"k": [2], "v": [3]})))], "votable": len(Table.read(io.BytesIO(votable.getvalue()), format="votable")), "compressed": close,
        "pixel": [round(float(p)) for p in pixel], "fit": [round(p, 3) for p in line.parameters], "expansion": str(Planck18.H0), "radius": f"{(2 * G * M_sun / c ** 2).to(u.km):.3f}",
        "stats": [round(float(s), 1) for s in sigma_clipped_stats(image)],
    }

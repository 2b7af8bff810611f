"""Clear sky, turbidity and spectrum: tables of the package."""

from .common import hours, location, short


def run(site, day, month=6):
    import pvlib

    place = location(site)
    times = hours(site, day)
    sun = place.get_solarposition(times)
    told = {"turbidity": short(pvlib.clearsky.lookup_linke_turbidity(times, site["latitude"], site["longitude"])), "altitude": float(pvlib.location.lookup_altitude(site["latitude"], site["longitude"]))}
    told["haurwitz"] = short(pvlib.clearsky.haurwitz(sun["apparent_zenith"])["ghi"])
    told["solis"] = short(place.get_clearsky(times, model="simplified_solis")["dni"])
    told["spectrum"] = [float(f"{v:.4g}") for v in pvlib.spectrum.get_reference_spectra().iloc[[0, 500, 1500]]["global"]]
    told["sets"] = {k: str(v.iloc[0])[:16] for k, v in place.get_sun_rise_set_transit(times[:1], method="spa").items()}
    parts = pvlib.irradiance.erbs(400.0, 50.0, times[3])
    told["erbs"] = [float(f"{parts[k]:.4g}") for k in ("dni", "dhi", "kt")]
    tracked = pvlib.tracking.singleaxis(sun["apparent_zenith"], sun["azimuth"], axis_tilt=0, axis_azimuth=180, max_angle=55, backtrack=True, gcr=0.4)
    told["tracker"] = short(tracked["tracker_theta"])
    total = pvlib.irradiance.get_total_irradiance(30, 180, 40.0, 200.0, dni=700.0, ghi=600.0, dhi=120.0, dni_extra=1360.0, airmass=1.3, model="perez")
    told["perez"] = {k: float(f"{float(v):.4g}") for k, v in total.items()}
    return told



"""Two arrays on one inverter, over the day's clear sky."""

from .common import hours, location, short


def run(site, day, losses="pvwatts"):
    import pvlib
    from pvlib.modelchain import ModelChain
    from pvlib.pvsystem import Array, FixedMount, PVSystem
    from pvlib.temperature import TEMPERATURE_MODEL_PARAMETERS

    inverters = pvlib.pvsystem.retrieve_sam(site["inverter"]["database"])
    arrays = []
    for given in site["arrays"]:
        modules = pvlib.pvsystem.retrieve_sam(given["database"])
        arrays.append(Array(
            FixedMount(given["tilt"], given["azimuth"]), module_parameters=modules[given["module"]], strings=given["strings"], modules_per_string=given["per_string"],
            temperature_model_parameters=TEMPERATURE_MODEL_PARAMETERS["sapm"]["open_rack_glass_glass"]))
    inverter = inverters[site["inverter"]["name"]].copy()
    inverter["Paco"], inverter["Pdco"] = 6000.0, 6250.0
    system = PVSystem(arrays, inverter_parameters=inverter, losses_parameters={"soiling": 3.0})
    chain = ModelChain(system, location(site), aoi_model="sapm", spectral_model="sapm", losses_model=losses)
    times = hours(site, day)
    chain.run_model(chain.location.get_clearsky(times, model="ineichen"))
    return {
        "dc": [short(dc["p_mp"]) for dc in chain.results.dc], "cell": [short(t) for t in chain.results.cell_temperature], "losses": float(f"{chain.results.losses if isinstance(chain.results.losses, float) else chain.results.losses.mean():.4g}"),
        "modules": int(len(modules.columns)), "inverters": int(len(inverters.columns)), "repr": repr(chain).splitlines()[:3],
    }

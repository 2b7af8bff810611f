"""A module's curve and what dirt, snow and shade take away."""

from .common import hours


def run(site, day, module="Canadian_Solar_Inc__CS5P_220M"):
    import numpy as np
    import pandas as pd
    import pvlib

    cec = pvlib.pvsystem.retrieve_sam("CECMod")
    chosen = cec[module] if module in cec else cec.iloc[:, 7]
    parameters = pvlib.pvsystem.calcparams_cec(800.0, 35.0, chosen["alpha_sc"], chosen["a_ref"], chosen["I_L_ref"], chosen["I_o_ref"], chosen["R_sh_ref"], chosen["R_s"], chosen["Adjust"])
    points = pvlib.pvsystem.singlediode(*parameters)
    lambert = float(pvlib.pvsystem.i_from_v(20.0, *parameters, method="lambertw"))
    newton = float(pvlib.pvsystem.i_from_v(20.0, *parameters, method="newton"))
    times = hours(site, day, "6h")
    rain = pd.Series([0.0, 0.0, 2.0, 0.0], index=times)
    soiling = pvlib.soiling.kimber(rain, cleaning_threshold=1)
    adr = pvlib.pvsystem.retrieve_sam("ADRInverter")
    power = pvlib.inverter.adr(np.array([35.0]), np.array([120.0]), adr.iloc[:, 3])
    fitted = pvlib.ivtools.sdm.fit_cec_sam if hasattr(pvlib.ivtools.sdm, "fit_cec_sam") else None
    incidence = {name: float(f"{getattr(pvlib.iam, name)(60.0):.5g}") for name in ("physical", "ashrae", "martin_ruiz", "schlick")}
    return {
        "name": str(chosen.name), "module": {k: float(f"{float(points[k]):.5g}") for k in ("i_sc", "v_oc", "i_mp", "v_mp", "p_mp")}, "agree": abs(lambert - newton) < 1e-6, "soiling": [float(f"{v:.4g}") for v in soiling],
        "adr": bool(np.isfinite(power).any()), "iam": incidence, "fit": fitted is not None, "pvefficiency": float(f"{pvlib.pvarray.pvefficiency_adr(800.0, 30.0, 1.0, 5.0, 0.02, 0.05, 0.1):.5g}"), "shaded": float(f"{pvlib.shading.masking_angle_passias(20.0, 1.5):.5g}") if hasattr(pvlib.shading, "masking_angle_passias") else None,
    }

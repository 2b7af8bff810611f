from ..registry import unit


@unit
def properties(name, T, P):
    from thermo import Chemical

    c = Chemical(name, T=T, P=P)
    return {
        "phase": c.phase, "rho": c.rho, "mu": c.mu, "k": c.k, "cp": c.Cp, "psat": c.Psat, "hvap": c.Hvap, "sigma": c.sigma, "pr": c.Pr, "unifac": c.UNIFAC_groups, "legal": c.legal_status.get("CAN") if isinstance(c.legal_status, dict) else None, "eos": type(c.eos).__name__,
    }


@unit
def flash(names, zs, T, P):
    from thermo import CEOSGas, CEOSLiquid, ChemicalConstantsPackage, FlashVL, PRMIX
    from thermo.interaction_parameters import IPDB

    constants, correlations = ChemicalConstantsPackage.from_IDs(names)
    kijs = IPDB.get_ip_asymmetric_matrix("ChemSep PR", constants.CASs, "kij")
    arguments = {"Pcs": constants.Pcs, "Tcs": constants.Tcs, "omegas": constants.omegas, "kijs": kijs}
    gas = CEOSGas(PRMIX, eos_kwargs=arguments, HeatCapacityGases=correlations.HeatCapacityGases)
    liquid = CEOSLiquid(PRMIX, eos_kwargs=arguments, HeatCapacityGases=correlations.HeatCapacityGases)
    flasher = FlashVL(constants, correlations, liquid=liquid, gas=gas)
    drum = flasher.flash(T=T, P=P, zs=zs)
    bubble = flasher.flash(P=P, VF=0.0, zs=zs)
    valve = flasher.flash(P=P / 2, H=drum.H(), zs=zs)
    return {"vf": drum.VF, "gas": drum.gas.zs if drum.gas else None, "liquid": drum.liquid0.zs if drum.liquid0 else None, "bubble": bubble.T, "valve": valve.T, "kij": kijs[0][1], "h": drum.H(), "mu": drum.gas.mu() if drum.gas else None, "rho": drum.rho_mass()}


@unit
def activity(T, xs):
    from thermo.unifac import UNIFAC
    from thermo import NRTL
    from thermo.group_contribution import Joback

    model = UNIFAC.from_subgroups(T=T, xs=xs, chemgroups=[{1: 1, 2: 1, 14: 1}, {16: 1}])
    nrtl = NRTL(T=T, xs=xs, tau_as=[[0, -0.8], [3.46, 0]], tau_bs=[[0, 246], [-586, 0]], alpha_cs=[[0, 0.3], [0.3, 0]])
    return {"gammas": model.gammas(), "ge": model.GE(), "nrtl": nrtl.gammas(), "joback": Joback.Tb({1: 1, 2: 1}) if isinstance(Joback, type) else None}


@unit
def steam(T, P):
    from chemicals.iapws import iapws95_properties, iapws95_Psat

    rho, u, s, h, cv, cp, w, jt, *_ = iapws95_properties(T, P)
    return {"rho": rho, "h": h, "s": s, "cp": cp, "w": w, "psat": iapws95_Psat(T)}

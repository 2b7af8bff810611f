from ..registry import unit


@unit
def pipe(feed, length, flow, dn, fittings):
    from fluids import Reynolds, friction_factor, nearest_pipe, roughness_Farshad, K_from_f, dP_from_K
    from fluids.fittings import bend_rounded, contraction_sharp, entrance_sharp, exit_normal, Hooper2K

    nps, inner, outer, wall = nearest_pipe(Di=dn, schedule="40")
    speed = flow / (3.141592653589793 * inner**2 / 4)
    re = Reynolds(V=speed, D=inner, rho=feed["rho"], mu=feed["mu"])
    rough = roughness_Farshad("Carbon steel, bare", inner)
    f = friction_factor(Re=re, eD=rough / inner)
    known = {"entrance": entrance_sharp(), "exit": exit_normal(), "bend": bend_rounded(Di=inner, angle=90, fd=f, bend_diameters=3), "narrowing": contraction_sharp(inner, inner / 2), "valve": Hooper2K(Di=inner, Re=re, name="Valve, Globe, Standard")}
    k = sum(known[name] for name in fittings) + K_from_f(f, length, inner)
    return {"nps": nps, "inner": inner, "wall": wall, "speed": speed, "re": re, "f": f, "drop": dP_from_K(k, feed["rho"], speed), "rough": rough}


@unit
def control(rho, p1, p2, flow):
    from fluids.control_valve import size_control_valve_l, size_control_valve_g

    kv = size_control_valve_l(rho=rho, Psat=70.1e3, Pc=22120e3, mu=3.1472e-4, P1=p1, P2=p2, Q=flow, D1=0.15, D2=0.15, d=0.15, FL=0.9, Fd=0.46, full_output=True)
    gas = size_control_valve_g(T=433.0, MW=44.01, mu=1.4665e-4, gamma=1.30, Z=0.988, P1=680e3, P2=310e3, Q=38 / 36.0, D1=0.08, D2=0.1, d=0.05, FL=0.85, Fd=0.42, xT=0.60)
    return {"kv": kv["Kv"], "choked": kv["choked"], "laminar": kv["laminar"], "gas": gas}


@unit
def site(height, day):
    from fluids.atmosphere import ATMOSPHERE_1976, ATMOSPHERE_NRLMSISE00, solar_position
    from fluids.filters import round_edge_screen
    from fluids.pump import VFD_efficiency, motor_efficiency_underloaded, residential_power_frequencies, voltages_1_phase_residential

    standard = ATMOSPHERE_1976(height)
    msis = ATMOSPHERE_NRLMSISE00(Z=max(height, 1e3), latitude=45, longitude=8, day=day)
    return {"t": standard.T, "p": standard.P, "g": standard.g, "msis": [msis.T, msis.rho], "screen": round_edge_screen(0.5, 100), "vfd": VFD_efficiency(10000.0, 0.5), "motor": motor_efficiency_underloaded(1e4, 0.3), "hz": sorted(residential_power_frequencies), "volts": sorted(voltages_1_phase_residential)[:3]}

from ..registry import unit


@unit
def lookup(names):
    from chemicals import CAS_from_any, MW, Hfus, Tb, Tc, Tm, search_chemical
    from chemicals.safety import LFL, STEL, TWA, Carcinogen, T_autoignition, T_flash
    from chemicals.environment import GWP, ODP, logP

    told = {}
    for name in names:
        cas = CAS_from_any(name)
        found = search_chemical(cas)
        told[name] = {
            "cas": cas, "formula": found.formula, "smiles": found.smiles, "mw": MW(cas), "tb": Tb(cas), "tm": Tm(cas), "tc": Tc(cas), "fusion": Hfus(cas), "flash": T_flash(cas), "ignition": T_autoignition(cas), "lfl": LFL(CASRN=cas),
            "limits": [TWA(cas), STEL(cas)], "gwp": GWP(cas), "odp": ODP(cas), "logp": logP(cas), "cancer": Carcinogen(cas),
        }
    return told


@unit
def combust(fuel, formula):
    from chemicals import combustion_data, mixture_atomic_composition, periodic_table, serialize_formula, simple_formula_parser
    from mendeleev import element
    from mendeleev.fetch import fetch_table

    atoms = simple_formula_parser(formula)
    data = combustion_data(formula=formula, Hf=-238400.0, method="Stoichiometry")
    elements = {}
    for symbol in atoms:
        known = element(symbol)
        elements[symbol] = [known.name, known.atomic_weight, known.electronegativity("pauling"), known.ec.get_largest_core()[0] if known.atomic_number > 2 else None, periodic_table[symbol].group, len(known.isotopes), known.oxistates[:3]]
    groups = fetch_table("groups")
    return {"stoichiometry": data.stoichiometry, "hhv": data.HHV, "lhv": data.LHV, "hill": serialize_formula(formula), "elements": elements, "groups": list(groups["name"].dropna())[:3], "mixture": mixture_atomic_composition([atoms, {"O": 2}], [0.2, 0.8])}

"""Check of src/nuclei/isotope-data.ts against columns that it does not contain; writes test/reference/isotopes.json.

Checks of every isotope and every element:
1. atomic mass from the AME2020 mass excess (another column of the mass table, in keV), m = A + excess/u: to 1e-9, and to
   the last printed digit
2. abundances of an element sum to 1 within half a unit of the last printed digit per isotope
3. abundance-weighted atomic mass against the standard atomic weight
4. spin: 0 when Z and N are even, half-integer when A is odd, integer otherwise
The mass excesses, the uncertainties of the abundances and the atomic weights are transcribed here, separately from
the table under check. The script stops with an error when a check fails.
"""

import re
from decimal import Decimal as D

from output import CHECKOUT, write

# The value AME2020 itself converts with (CODATA 2018); a newer one would shift masses by 1e-9 of the mass excess.
ATOMIC_MASS_UNIT_KEV = D("931494.10242")

SOURCE = {
    "massExcessKeV": "AME2020, M. Wang et al., Chin. Phys. C 45 (2021) 030003, doi:10.1088/1674-1137/abddaf, file mass_1.mas20.txt, column MASS EXCESS",
    "atomicMassUnitKeV": "CODATA 2018, used in AME2020",
    "standardAtomicWeight": "T. Prohaska et al., Pure Appl. Chem. 94 (2022) 573, doi:10.1515/pac-2019-0603, Table 1; low and high are the ends of the published interval or of value -+ uncertainty",
    "abundanceUncertainty": "J. Meija et al., Pure Appl. Chem. 88 (2016) 293, doi:10.1515/pac-2015-0503, Table 1, column 6",
}

# keV
MASS_EXCESS = {
    "1H": "7288.971064", "2H": "13135.722895",
    "3He": "14931.21888", "4He": "2424.91587",
    "10B": "12050.611", "11B": "8667.708",
    "12C": "0.0", "13C": "3125.00933",
    "14N": "2863.41683", "15N": "101.43809",
    "16O": "-4737.00217", "17O": "-808.76421", "18O": "-782.81634",
    "19F": "-1487.44512",
    "20Ne": "-7041.93217", "21Ne": "-5731.776", "22Ne": "-8024.716",
    "23Na": "-9529.85352",
    "24Mg": "-13933.578", "25Mg": "-13192.782", "26Mg": "-16214.544",
    "27Al": "-17196.864",
    "28Si": "-21492.79711", "29Si": "-21895.08154", "30Si": "-24432.962",
    "32S": "-26015.53714", "33S": "-26585.85830", "34S": "-29931.689", "36S": "-30664.141",
    "35Cl": "-29013.532", "37Cl": "-31761.552",
    "36Ar": "-30231.542", "38Ar": "-34714.827", "40Ar": "-35039.89997",
    "39K": "-33807.19535", "40K": "-33535.497", "41K": "-35559.54880",
    "40Ca": "-34846.402", "42Ca": "-38547.293", "43Ca": "-38408.873", "44Ca": "-41468.730",
    "46Ca": "-43139.610", "48Ca": "-44224.868",
    "64Zn": "-66004.018", "66Zn": "-68899.229", "67Zn": "-67880.376", "68Zn": "-70007.154", "70Zn": "-69564.748",
    "69Ga": "-69327.820", "71Ga": "-70139.127",
    "70Ge": "-70562.036", "72Ge": "-72585.910", "73Ge": "-71297.532", "74Ge": "-73422.451", "76Ge": "-73212.898",
    "75As": "-73034.203",
    "74Se": "-72213.210", "76Se": "-75251.959", "77Se": "-74599.497", "78Se": "-77025.952", "80Se": "-77759.487",
    "82Se": "-77593.895",
    "92Mo": "-86808.587", "94Mo": "-88414.079", "95Mo": "-87711.872", "96Mo": "-88794.889", "97Mo": "-87544.700",
    "98Mo": "-88115.980", "100Mo": "-86193.029",
    "120Te": "-89362.160", "122Te": "-90313.282", "123Te": "-89170.978", "124Te": "-90524.142", "125Te": "-89021.794",
    "126Te": "-90064.168", "128Te": "-88993.794", "130Te": "-87352.960",
    "127I": "-88983.217",
    "124Xe": "-87667.405", "126Xe": "-89146.38687", "128Xe": "-89860.53427", "129Xe": "-88696.06975",
    "130Xe": "-89880.474", "131Xe": "-88413.57492", "132Xe": "-89278.97451", "134Xe": "-88125.83443",
    "136Xe": "-86429.170",
    "133Cs": "-88070.943",
    "180W": "-49636.243", "182W": "-48246.144", "183W": "-46365.663", "184W": "-45705.453", "186W": "-42508.602",
    "204Pb": "-25109.815", "206Pb": "-23785.506", "207Pb": "-22451.968", "208Pb": "-21748.519",
    "209Bi": "-18258.589",
}  # fmt: skip

# Uncertainty of the abundance, in the order of A; its last digit is the last printed digit of the value.
ABUNDANCE_SIGMA = {
    "H": "0.00000005 0.00000005",
    "He": "0.000000013 0.000000013",
    "B": "0.0002 0.0002",
    "C": "0.000028 0.000028",
    "N": "0.000004 0.000004",
    "O": "0.0000009 0.0000009 0.0000005",
    "Ne": "0.000090 0.000005 0.000090",
    "Mg": "0.00012 0.00008 0.00010",
    "Si": "0.0000044 0.0000032 0.0000032",
    "S": "0.0000088 0.0000060 0.0000066 0.0000009",
    "Cl": "0.0000038 0.0000038",
    "Ar": "0.0000035 0.0000012 0.0000042",
    "K": "0.000029 0.0000004 0.000029",
    "Ca": "0.00006 0.00003 0.00002 0.00004 0.00001 0.00001",
    "Zn": "0.000083 0.000110 0.000018 0.000069 0.000011",
    "Ga": "0.000062 0.000062",
    "Ge": "0.00046 0.00015 0.00025 0.00063 0.00035",
    "Se": "0.00003 0.00006 0.00004 0.00014 0.00016 0.00008",
    "Mo": "0.00017 0.00005 0.00005 0.00002 0.00003 0.00014 0.00010",
    "Te": "0.00001 0.00001 0.00001 0.00002 0.00002 0.00004 0.00004 0.00003",
    "Xe": "0.000003 0.000002 0.000008 0.000082 0.000013 0.000030 0.000033 0.000021 0.000044",
    "W": "0.000002 0.000049 0.000006 0.000013 0.000062",
    "Pb": "0.000012 0.000057 0.000027 0.000086",
}

# Either (value, uncertainty) or (low, high, conventional value) where the published standard is an interval.
STANDARD_ATOMIC_WEIGHT = {
    "H": ("1.00784", "1.00811", "1.0080"),
    "He": ("4.002602", "0.000002"),
    "B": ("10.806", "10.821", "10.81"),
    "C": ("12.0096", "12.0116", "12.011"),
    "N": ("14.00643", "14.00728", "14.007"),
    "O": ("15.99903", "15.99977", "15.999"),
    "F": ("18.998403162", "0.000000005"),
    "Ne": ("20.1797", "0.0006"),
    "Na": ("22.98976928", "0.00000002"),
    "Mg": ("24.304", "24.307", "24.305"),
    "Al": ("26.9815384", "0.0000003"),
    "Si": ("28.084", "28.086", "28.085"),
    "S": ("32.059", "32.076", "32.06"),
    "Cl": ("35.446", "35.457", "35.45"),
    "Ar": ("39.792", "39.963", "39.95"),
    "K": ("39.0983", "0.0001"),
    "Ca": ("40.078", "0.004"),
    "Zn": ("65.38", "0.02"),
    "Ga": ("69.723", "0.001"),
    "Ge": ("72.630", "0.008"),
    "As": ("74.921595", "0.000006"),
    "Se": ("78.971", "0.008"),
    "Mo": ("95.95", "0.01"),
    "Te": ("127.60", "0.03"),
    "I": ("126.90447", "0.00003"),
    "Xe": ("131.293", "0.006"),
    "Cs": ("132.90545196", "0.00000006"),
    "W": ("183.84", "0.01"),
    "Pb": ("206.14", "207.94", "207.2"),
    "Bi": ("208.98040", "0.00001"),
}

ROW = re.compile(r'^  \["(\w+)", (\d+), (\d+), ([\d_.]+), ([\d.]+), ([\d.]+), ([\d.]+)\],$', re.MULTILINE)


def table_rows():
    """Rows of the TypeScript table as (symbol, Z, A, mass, sigma, abundance, spin), decimals kept exactly."""
    text = (CHECKOUT / "src" / "nuclei" / "isotope-data.ts").read_text()
    return [
        (symbol, int(z), int(a), D(mass.replace("_", "")), D(sigma), D(abundance), D(spin))
        for symbol, z, a, mass, sigma, abundance, spin in ROW.findall(text)
    ]


def last_digit(printed):
    return D(1).scaleb(D(printed).as_tuple().exponent)


def check_masses(rows):
    """Largest relative and largest absolute (micro-u) difference between the two mass columns."""
    names = [f"{a}{symbol}" for symbol, _, a, *_ in rows]
    assert len(set(names)) == len(names), "an isotope occurs twice"
    assert set(names) == set(MASS_EXCESS), set(names) ^ set(MASS_EXCESS)
    relative, absolute = D(0), D(0)
    for name, (_, _, a, mass, *_) in zip(names, rows):
        excess = D(MASS_EXCESS[name])
        expected = D(1_000_000) * (a + excess / ATOMIC_MASS_UNIT_KEV)
        # The signs of the differences show that the file rounds the excess but cuts the mass at its last decimal (at
        # least three are printed; trailing zeros are lost in the TypeScript literal). u itself is known to 3e-10.
        mass_step = D(1).scaleb(min(-3, mass.as_tuple().exponent))
        allowed = mass_step + (last_digit(MASS_EXCESS[name]) / 2 + abs(excess) * D("3e-10")) / D("0.93149410242")
        difference = abs(mass - expected)
        assert difference / mass < D("1e-9"), (name, mass, expected)
        assert difference <= allowed, (name, mass, expected, difference, allowed)
        relative, absolute = max(relative, difference / mass), max(absolute, difference)
    return relative, absolute


def check_element(symbol, rows):
    """Sum of the abundances and mean atomic mass in u, after both were compared."""
    sigmas = ABUNDANCE_SIGMA.get(symbol, "0").split()
    abundances = [abundance for *_, abundance, _ in rows]
    assert len(sigmas) == len(rows), symbol
    rounding = sum(last_digit(s) for s in sigmas) / 2 if len(rows) > 1 else D(0)
    total = sum(abundances)
    assert abs(total - 1) <= rounding, (symbol, total)
    mean = sum(x * mass for (_, _, _, mass, _, x, _) in rows) / total / 1_000_000
    low, high, _ = weight_range(symbol)
    assert low <= mean <= high, (symbol, mean, low, high)
    return total, mean


def check_spins(rows):
    for symbol, z, a, *_, spin in rows:
        assert 2 * spin % 2 == a % 2, (symbol, a, spin)
        if z % 2 == 0 and a % 2 == 0:
            assert spin == 0, (symbol, a, spin)


def weight_range(symbol):
    entry = [D(x) for x in STANDARD_ATOMIC_WEIGHT[symbol]]
    if len(entry) == 3:
        return tuple(entry)
    return entry[0] - entry[1], entry[0] + entry[1], entry[0]


def main():
    rows = table_rows()
    relative, absolute = check_masses(rows)
    print(f"{len(rows)} isotopes: mass from mass excess differs by at most {relative:.1e}, {absolute:.5f} micro-u")
    check_spins(rows)
    symbols = list(dict.fromkeys(row[0] for row in rows))
    assert symbols == list(STANDARD_ATOMIC_WEIGHT), set(symbols) ^ set(STANDARD_ATOMIC_WEIGHT)
    for symbol in symbols:
        total, mean = check_element(symbol, [row for row in rows if row[0] == symbol])
        low, high, value = weight_range(symbol)
        print(f"{symbol:2} sum {total}  mean {mean:.9f}  standard {value} [{low}, {high}]")
    write(
        "isotopes.json",
        "scripts/reference/isotopes.py",
        "Numbers that the isotope table does not contain, for comparison with it.",
        {"massExcessKeV": "keV", "atomicMassUnitKeV": "keV", "standardAtomicWeight": "1"},
        {
            "source": SOURCE,
            "atomicMassUnitKeV": ATOMIC_MASS_UNIT_KEV,
            "massExcessKeV": {name: D(value) for name, value in MASS_EXCESS.items()},
            "standardAtomicWeight": {
                symbol: dict(zip(("low", "high", "value"), weight_range(symbol))) for symbol in symbols
            },
        },
    )


if __name__ == "__main__":
    main()

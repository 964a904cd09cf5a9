"""Standard results: exact, never silent, and never across what cannot be converted."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.terms.analytes import analytes
from cordside.terms.codelists import decode, is_term
from cordside.terms.factors import factors_of, spelling
from cordside.terms.tables import rows_of
from cordside.terms.units import analyte, convert, standardise, ucum_of, units_of

TEST_LISTS = {
    "CP": "CPTESTCD", "EG": "EGTESTCD", "FT": "FTTESTCD", "IS": "ISTESTCD", "LB": "LBTESTCD", "RE": "RETESTCD", "VS": "VSTESTCD",
}  # fmt: skip
ANALYTES = analytes()
SPELLINGS = [(a, f) for a in ANALYTES for f in factors_of(a.domain, a.testcd, a.unit).values()]
results = st.one_of(
    st.text(),
    st.decimals(allow_nan=True).map(str),
    st.from_regex(r"[<>]?[0-9０-９.,]{1,12}", fullmatch=True),
    st.sampled_from(["NA", "-", "∞"]),
)


@pytest.mark.parametrize(
    ("domain", "testcd", "result", "unit", "standard", "standard_unit"),
    [
        ("LB", "WBC", "1.09", "10^9/L", "1.09", "10^9/L"),
        ("LB", "WBC", "1.09", "×10⁹/L", "1.09", "10^9/L"),
        ("LB", "WBC", "1.090", "10*3/uL", "1.090", "10^9/L"),
        ("LB", "WBC", "6720", "/uL", "6.720", "10^9/L"),
        ("LB", "LYM", "1100", "cells/uL", "1.100", "10^9/L"),
        ("CP", "TLYH", "495", "/µL", "495", "10^6/L"),
        ("CP", "TLYH", "0.495", "10^9/L", "495", "10^6/L"),
        ("LB", "CRP", "1.339", "mg/dL", "13.39", "mg/L"),
        ("LB", "CRP", "13.39", "ug/mL", "13.39", "mg/L"),
        ("LB", "PCT", "0.05", "ng/mL", "0.05", "ug/L"),
        ("LB", "INTLK6", "7", "pg/mL", "7", "ng/L"),
        ("LB", "HGB", "12.5", "g/dL", "125", "g/L"),
        ("LB", "CREAT", "1.2", "mg/dL", "106.08", "umol/L"),
        ("LB", "GLUC", "100", "mg/dL", "5.55", "mmol/L"),
        ("LB", "HBA1C", "48", "mmol/mol", "6.54304", "%"),
        ("LB", "TROPONI", "0.04", "ng/mL", "40", "ng/L"),
        ("LB", "CA125AG", "35", "kU/L", "35", "U/mL"),
        ("LB", "INR", "1.1", None, "1.1", None),
        ("LB", "FIO2", "21", "%", "0.21", "fraction of 1"),
        ("LB", "PO2", "10.0", "kPa", "75.0064", "mmHg"),
        ("VS", "OXYSAT", "98", "%", "98", "%"),
        ("VS", "OXYSAT", "0.98", "fraction of 1", "98", "%"),
        ("VS", "TEMP", "98.6", "F", "37", "C"),
        ("VS", "TEMP", "36.5", "°C", "36.5", "C"),
        ("VS", "TEMP", "36.5", "Cel", "36.5", "C"),
        ("VS", "RESP", "21", "/min", "21", "breaths/min"),
        ("VS", "SYSBP", "124", "mm[Hg]", "124", "mmHg"),
        ("VS", "WEIGHT", "150", "lb", "68.0388555", "kg"),
        ("IS", "MBIMAB", "75.73", "AU/ml", "75.73", "Arbitrary U/mL"),
        ("RE", "DLCO", "6.7", "mmol/min/kPa", "20", "mL/min/mmHg"),
        ("FT", "SIXMW106", "412", "m", "412", "m"),
        ("EG", "QTCFAG", "0.42", "s", "420", "ms"),
    ],
)
def test_a_result_is_given_in_its_standard_unit(domain, testcd, result, unit, standard, standard_unit):
    found = standardise(domain, testcd, result, unit)
    assert (found.text, found.unit, found.problem) == (standard, standard_unit, None)
    assert found.value == Decimal(standard)


def test_white_cells_per_ml_are_caught():
    found = standardise("LB", "WBC", "6.72", "10^9/mL")
    assert found.value == 6720
    assert found.problem == "WBC 6.72 10^9/mL is 6720 10^9/L"
    assert found.allowed == "plausible is 0.05 to 500 10^9/L"
    assert found.remedy == "check the unit in the source"


@pytest.mark.parametrize(
    ("domain", "testcd", "unit", "plausible", "implausible"),
    [
        ("LB", "WBC", "10^9/L", ["0.05", "88", "500"], ["0.04", "501"]),
        ("LB", "LYM", "10^9/L", ["0", "52.4", "300"], ["300.1"]),
        ("LB", "HGB", "g/L", ["25", "250"], ["6.4", "18.7", "24.9", "251"]),
        ("LB", "PLAT", "10^9/L", ["1", "2000"], ["0.9", "2001"]),
        ("LB", "FIO2", "fraction of 1", ["0.21", "1"], ["0.2", "21"]),
        ("LB", "PH", None, ["6.6", "7.9"], ["6.5", "74"]),
        ("VS", "OXYSAT", "%", ["40", "100"], ["39", "101", "0.98"]),
        ("VS", "TEMP", "C", ["30", "43"], ["29.9", "98.6"]),
        ("VS", "RESP", "/min", ["4", "80"], ["3", "81"]),
        ("VS", "PULSE", "/min", ["20", "250"], ["19", "251"]),
        ("VS", "SYSBP", "mmHg", ["40", "300"], ["39", "301"]),
        ("VS", "DIABP", "mmHg", ["20", "200"], ["19", "201"]),
    ],
)
def test_the_band_is_soft_and_includes_its_ends(domain, testcd, unit, plausible, implausible):
    assert [r for r in plausible if standardise(domain, testcd, r, unit).problem] == []
    for result in implausible:
        found = standardise(domain, testcd, result, unit)
        assert found.problem and found.value == Decimal(result)


@pytest.mark.parametrize(
    ("result", "unit", "kind", "text"),
    [
        ("243", "ng/mL", "ug/L", "243"),
        ("0.5", "mg/L", "ug/L", "500"),
        ("0.5", "mg/L FEU", "ug/L FEU", "500"),
        ("0.5", "ug/mL{FEU}", "ug/L FEU", "500"),
        ("243", "ng/mL DDU", "ug/L DDU", "243"),
        ("<243", "ng/mL (DDU)", "ug/L DDU", "<243"),
    ],
)
def test_the_kind_of_d_dimer_belongs_to_its_unit(result, unit, kind, text):
    found = standardise("LB", "DDIMER", result, unit)
    assert (found.unit, found.text, found.problem) == (kind, text, None)
    assert analyte("LB", "DDIMER", unit=kind).unit == kind


@pytest.mark.parametrize(
    ("domain", "testcd", "one", "other"),
    [
        ("LB", "DDIMER", "ug/L FEU", "ug/L DDU"),
        ("LB", "DDIMER", "ng/mL FEU", "ng/mL"),
        ("LB", "DDIMER", "mg/L", "mg/L DDU"),
        ("IS", "MBIGGAB", "AU/mL", "IU/mL"),
        ("LB", "CRP", "mg/L", "nmol/L"),
        ("LB", "WBC", "10^9/L", "g/dL"),
        ("XX", "NOSUCH", "mg/L", "g/L"),
    ],
)
def test_what_cannot_be_converted_is_refused_both_ways(domain, testcd, one, other):
    for units in ((one, other), (other, one)):
        with pytest.raises(ValueError, match="has no conversion"):
            convert(Decimal(1), *units, domain, testcd)


@pytest.mark.parametrize(
    ("value", "from_unit", "to_unit", "domain", "testcd", "converted"),
    [
        ("1.09", "10*9/L", "10*3/uL", "LB", "WBC", "1.09"),
        ("495", "ng/mL", "mg/L", "LB", "DDIMER", "0.495"),
        ("75", "mm[Hg]", "kPa", "LB", "PO2", "9.99915"),
        ("6.72", "10*9/mL", "10*9/L", "LB", "WBC", "6720"),
        ("38", "C", "F", "VS", "TEMP", "100.4"),
        ("3", "furlong", "furlong", "XX", "NOSUCH", "3"),
    ],
)
def test_a_limit_is_converted_between_any_two_units_of_a_test(value, from_unit, to_unit, domain, testcd, converted):
    assert convert(Decimal(value), from_unit, to_unit, domain, testcd) == Decimal(converted)


def test_a_limit_of_detection_keeps_its_sign_and_has_no_number():
    assert standardise("LB", "CRP", "<0.50", "mg/L").text == "<0.50"
    found = standardise("LB", "CRP", "<0.50", "mg/dL")
    assert (found.value, found.text, found.unit, found.problem) == (None, "<5.0", "mg/L", None)


@pytest.mark.parametrize(
    ("result", "unit", "problem", "told"),
    [
        ("13,39", "mg/L", '"13,39" has a comma', "write 13.39"),
        ("NA", "mg/L", '"NA" is not a result', "NOT DONE"),
        ("NaN", "mg/L", '"NaN" is not a result', "NOT DONE"),
        ("Infinity", "mg/L", '"Infinity" is not a number', "source"),
        ("5 mg/L", "mg/L", 'CRP "5 mg/L" is not a number', "number alone"),
        ("5", "nmol/L", 'CRP is not measured in "nmol/L"', "check the unit"),
        ("5", None, "CRP 5 has no unit", "write the unit"),
        ("5", "  ", "CRP 5 has no unit", "write the unit"),
    ],
)
def test_what_cannot_be_standardised_keeps_its_text_and_says_why(result, unit, problem, told):
    found = standardise("LB", "CRP", result, unit)
    assert (found.value, found.text, found.unit, found.problem) == (None, result, None, problem)
    assert told in found.remedy
    assert found.allowed


def test_an_unknown_unit_is_answered_with_the_units_allowed():
    assert "mg/L" in standardise("LB", "CRP", "5", "nmol/L").allowed
    assert "no unit" not in standardise("LB", "CRP", "5", "nmol/L").allowed


def test_full_width_digits_are_read_and_reported():
    found = standardise("LB", "CRP", "１３．３９", "ｍｇ／Ｌ")
    assert (found.value, found.text, found.problem) == (Decimal("13.39"), "13.39", '"１３．３９" was read as 13.39')


def test_a_word_stays_a_word():
    assert standardise("MB", "SAR2RNA", "NEGATIVE", None).text == "NEGATIVE"
    assert standardise("LB", "CRP", "NEGATIVE", "mg/L").problem is None


def test_a_test_without_an_analyte_passes_through_in_its_reported_unit():
    found = standardise("LB", "NOSUCH", "3.10", "furlongs")
    assert (found.value, found.text, found.unit, found.problem) == (Decimal("3.10"), "3.10", "furlongs", None)


@pytest.mark.parametrize(("specimen", "known"), [("URINE", False), ("VENOUS BLOOD", True), ("blood", True), (None, True)])
def test_white_cells_of_urine_are_another_analyte(specimen, known):
    assert (analyte("LB", "WBC", specimen) is not None) is known
    assert (standardise("LB", "WBC", "6720", "/uL", specimen).unit == "10^9/L") is known


def test_arterial_oxygen_is_not_judged_in_venous_blood():
    assert analyte("LB", "PO2", "ARTERIAL BLOOD") and analyte("LB", "PO2", "BLOOD") and not analyte("LB", "PO2", "VENOUS BLOOD")


@pytest.mark.parametrize("entry", ANALYTES, ids=lambda a: f"{a.domain}-{a.testcd}-{a.unit}")
def test_every_analyte_speaks_the_words_of_the_codelists(entry):
    assert entry.name == decode(TEST_LISTS[entry.domain], entry.testcd)
    assert is_term(TEST_LISTS[entry.domain], entry.testcd)
    assert not entry.unit or is_term("UNIT", entry.unit)
    assert not entry.specimen or is_term("SPECTYPE", entry.specimen)


@pytest.mark.parametrize("entry", ANALYTES, ids=lambda a: f"{a.domain}-{a.testcd}-{a.unit}")
def test_every_analyte_is_measured_in_its_own_unit_and_its_usual_range_is_plausible(entry):
    own = factors_of(entry.domain, entry.testcd, entry.unit)
    assert not entry.unit or (own[spelling(entry.unit)].factor, own[spelling(entry.unit)].offset) == (1, 0)
    low, high = entry.band
    assert low is None or high is None or low < high
    assert entry.usual == (None, None) or (low <= entry.usual[0] < entry.usual[1] <= high and entry.usual_source in ("T", "to confirm"))


def test_no_spelling_stands_for_two_factors():
    seen: dict[tuple, set] = {}
    for row in rows_of("factors.csv"):
        key = (row["standard"], row["domain"], row["testcd"], spelling(row["reported"]))
        seen.setdefault(key, set()).add((row["factor"], row["offset"]))
    assert {key: factors for key, factors in seen.items() if len(factors) > 1} == {}


def test_no_unit_of_d_dimer_leads_to_two_kinds():
    units = [spelling(f.unit) for a in ANALYTES if a.testcd == "DDIMER" for f in factors_of("LB", "DDIMER", a.unit).values()]
    assert len(units) == len(set(units))


def test_units_of_a_test_begin_with_the_standard_one():
    assert units_of("LB", "CRP")[:2] == ("mg/L", "ug/mL")
    assert units_of("LB", "NOSUCH") == ()


def test_a_reported_unit_has_its_ucum_code():
    assert ucum_of("LB", "WBC", "×10⁹/L") == "10*9/L"
    assert ucum_of("LB", "DDIMER", "mg/L FEU") == "mg/L{FEU}"
    assert ucum_of("LB", "WBC", "furlong") is None


@given(st.sampled_from(SPELLINGS), st.decimals(min_value=0, max_value=10**6, places=4))
def test_a_conversion_is_exact_or_good_to_six_digits(pair, value):
    entry, factor = pair
    found = standardise(entry.domain, entry.testcd, format(value, "f"), factor.unit)
    wanted = Fraction(value) * factor.factor + factor.offset
    ends = str(wanted.denominator).rstrip("0") in ("", "1") or set(_primes(wanted.denominator)) <= {2, 5}
    assert Fraction(found.value) == wanted if ends else abs(Fraction(found.value) - wanted) <= abs(wanted) / 10**5
    assert Decimal(found.text) == found.value


@given(st.sampled_from(SPELLINGS), st.decimals(min_value=1, max_value=10**4, places=3))
def test_there_and_back_is_the_same_value(pair, value):
    entry, factor = pair
    there = convert(value, factor.unit, entry.unit, entry.domain, entry.testcd)
    back = convert(there, entry.unit, factor.unit, entry.domain, entry.testcd)
    assert abs(back - value) <= abs(value) / 10**4


@given(
    st.sampled_from(ANALYTES), results, st.one_of(st.none(), st.text(), st.sampled_from(["mg/L", "%", "10^9/L", ""])), st.text(max_size=5)
)
def test_no_text_makes_it_raise(entry, result, unit, specimen):
    for asked in (entry.specimen, specimen):
        found = standardise(entry.domain, entry.testcd, result, unit, asked)
        assert found.value is None or found.value.is_finite()
        assert (found.problem is None) == (found.remedy is None)


def _primes(number: int) -> list[int]:
    found, prime = [], 2
    while number > 1:
        while number % prime == 0:
            number //= prime
            found.append(prime)
        prime += 1
    return found

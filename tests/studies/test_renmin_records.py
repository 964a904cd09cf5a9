"""The records of the five patients hold what was published, value by value, and nothing else."""

import re
from datetime import date, timedelta

import pytest

from tests.studies.folders import RENMIN, published, records_of

PUBLISHED = published()
PATIENTS = PUBLISHED["patients"]
SWABS = PUBLISHED["pcr"]
SIGNS = {"rr": "RESP", "pr": "PULSE", "sbp": "SYSBP", "dbp": "DIABP", "temp": "TEMP", "spo2": "OXYSAT"}
UNITS = {"breaths/min": "breaths/min", "beats/min": "beats/min", "mmHg": "mmHg", "degC": "C", "%": "%", "AU/ml": "Arbitrary U/mL"}
PLACES = {"nasopharyngeal": "NASOPHARYNX", "anal": "ANUS"}


def subject(case: str) -> str:
    """USUBJID of a case."""
    return f"renmin-2020-{case}"


def recorded(domain: str, *variables: str) -> list[tuple[str, ...]]:
    """Cells of one domain, sorted, so that a row too many, too few or changed shows."""
    return sorted(tuple(row[name] for name in variables) for row in records_of(RENMIN, domain))


def test_subjects_have_the_published_age_and_sex():
    wanted = sorted((subject(p["case"]), p["case"], p["age"], "YEARS", p["sex"]) for p in PATIENTS)
    assert recorded("DM", "USUBJID", "SUBJID", "AGE", "AGEU", "SEX") == wanted


def test_vital_signs_are_the_published_ones_in_their_units():
    wanted = sorted(
        (subject(p["case"]), code, p[key], UNITS[PUBLISHED["units"][key]], "ADMISSION") for p in PATIENTS for key, code in SIGNS.items()
    )
    assert recorded("VS", "USUBJID", "VSTESTCD", "VSORRES", "VSORRESU", "VISIT") == wanted


def test_the_oxygen_support_that_was_not_published_is_not_stated():
    assert {p["support"] for p in PATIENTS} == {"null"}
    assert {row["VSO2SUP"] for row in records_of(RENMIN, "VS") if row["VSTESTCD"] == "OXYSAT"} == {"NOT STATED"}


def test_comorbidities_are_asked_of_all_and_present_where_published():
    named = sorted({term.casefold() for p in PATIENTS for term in p["comorbidities"]})
    wanted = sorted(
        (subject(p["case"]), term, "Y", "Y" if term in map(str.casefold, p["comorbidities"]) else "N") for p in PATIENTS for term in named
    )
    found = recorded("MH", "USUBJID", "MHTERM", "MHPRESP", "MHOCCUR")
    assert sorted((who, term.casefold(), *rest) for who, term, *rest in found) == wanted


def test_stays_have_the_published_length_and_no_dates():
    assert recorded("HO", "USUBJID", "HODECOD", "HODUR") == sorted(
        (subject(p["case"]), "HOSPITAL STAY", f"P{p['stay_days']}D") for p in PATIENTS
    )


def test_antibodies_are_the_published_ones():
    wanted = sorted(
        (subject(p["case"]), code, p[key], UNITS[PUBLISHED["units"][key]])
        for p in PATIENTS
        for key, code in (("igm", "MBIMAB"), ("igg", "MBIGGAB"))
    )
    assert recorded("IS", "USUBJID", "ISTESTCD", "ISORRES", "ISORRESU") == wanted


def test_every_published_swab_is_a_row_and_every_row_a_published_swab():
    wanted = [
        (subject(c["case"]), "2020-" + day, "SWABBED MATERIAL", PLACES[place], result) for c in SWABS for day, place, result in c["swabs"]
    ]
    wanted += [(subject(c["case"]), "2020-" + c["positive"], "", "", "POSITIVE") for c in SWABS]
    assert recorded("MB", "USUBJID", "MBDTC", "MBSPEC", "MBLOC", "MBORRES") == sorted(wanted)
    assert len(wanted) == 33 + 5


def test_infusions_are_three_on_days_1_4_and_7_and_the_computed_dates_are_marked():
    regimen = PUBLISHED["regimen"]
    wanted = []
    for case in SWABS:
        first = date.fromisoformat("2020-" + case["d1"])
        for day in map(int, regimen["days"]):
            given = (first + timedelta(days=day - 1)).isoformat()
            wanted.append((subject(case["case"]), f"D{day}", given, "" if day == 1 else "EXSTDTC", regimen["product"], "Y"))
    assert recorded("EX", "USUBJID", "VISIT", "EXSTDTC", "DERIVED", "EXTRT", "EXHIST") == sorted(wanted)


def test_every_infusion_has_the_published_number_of_cells_with_the_count_basis_not_stated():
    found = {(row["EXDOSE"], row["EXDOSU"], row["EXCNTBAS"]) for row in records_of(RENMIN, "EX")}
    assert found == {(str(int(PUBLISHED["regimen"]["cells_per_infusion"]) // 10**6), "10^6 Therapeutic Cells", "NOT STATED")}


def test_all_consented_and_were_discharged_on_days_that_were_not_published():
    wanted = sorted((subject(p["case"]), term) for p in PATIENTS for term in ("INFORMED CONSENT OBTAINED", "DISCHARGED"))
    assert recorded("DS", "USUBJID", "DSDECOD") == wanted


def test_ct_before_treatment_shows_what_the_text_says_of_all_and_of_case_3():
    before = {row for row in recorded("RE", "USUBJID", "RETESTCD", "REORRES", "VISIT") if row[3] == "BEFORE"}
    wanted = {(subject(p["case"]), test, "Y", "BEFORE") for p in PATIENTS for test in ("PNEUMIND", "GGOIND")}
    wanted |= {(subject("3"), test, "Y", "BEFORE") for test in ("PLTHKIND", "PLADHIND")} | {
        (subject("3"), "NODESZ", "Slightly larger", "BEFORE")
    }
    assert before == wanted


def test_ct_after_treatment_stands_for_every_case_and_adds_the_nodes_of_case_3():
    after = [row for row in recorded("RE", "USUBJID", "RETESTCD", "VISIT") if row[2] == "AFTER"]
    assert after == sorted([(subject(p["case"]), "LESCHG", "AFTER") for p in PATIENTS] + [(subject("3"), "NODESZ", "AFTER")])


def test_scans_are_done_before_and_after_in_all():
    assert recorded("PR", "USUBJID", "PRDECOD", "VISIT") == sorted(
        (subject(p["case"]), "CT SCAN", visit) for p in PATIENTS for visit in ("BEFORE", "AFTER")
    )


def test_what_was_not_published_of_anybody_has_no_rows():
    assert sorted(path.stem for path in (RENMIN / "records").iterdir()) == ["dm", "ds", "ex", "ho", "is", "mb", "mh", "pr", "re", "vs"]


@pytest.mark.parametrize("domain", ["DM", "DS", "HO", "IS", "MH", "PR", "RE", "VS"])
def test_only_swabs_and_infusions_are_dated(domain):
    cells = [cell for row in records_of(RENMIN, domain) for cell in row.values()]
    assert not [cell for cell in cells if re.search(r"\d{4}-\d{2}", cell)]

"""Values by subject, as printed."""

import pytest

from tests.support.analysed import analysed, only, texts

PLAN = """
visits:
  ADMISSION: {day: not_published}
analyses:
  - kind: listing
    id: listing
    number: Table 1
    title: Listing
    subject: Case {SUBJID}
    rows:
      - {label: Sex, item: DM.SEX}
      - {label: SpO2, item: VS.OXYSAT, visit: ADMISSION, printed: "{value}%"}
      - {label: CRP, item: LB.CRP}
      - {label: Comorbidities, item: MH.*, join: " and ", none: None}
      - {label: Heart, item: MH.*, terms: [coronary heart disease, heart failure], none: No}
      - {label: Diabetes, item: MH.TYPE 2 DIABETES MELLITUS}
      - {label: Stay, item: HO.HOSPITAL STAY, printed: "{days} d"}
"""
TABLES = {
    "DM": """
        USUBJID | SUBJID | SEX
        T-1     | 1      | F
        T-2     | 2      | M
        T-3     | 3      |
    """,
    "VS": """
        USUBJID | VSTESTCD | VSORRES | VSORRESU | VSO2SUP    | VISIT
        T-1     | OXYSAT   | 98      | %        | NOT STATED | ADMISSION
        T-2     | OXYSAT   | 93      | %        | NOT STATED | D1
    """,
    "LB": """
        USUBJID | LBTESTCD | LBORRES | LBORRESU | LBDTC
        T-1     | CRP      | 12.50   | mg/L     | 2020-02-02
        T-1     | CRP      | <0.50   | mg/L     | 2020-02-01
    """,
    "MH": """
        USUBJID | MHTERM                   | MHPRESP | MHOCCUR
        T-1     | type 2 diabetes mellitus | Y       | Y
        T-1     | coronary heart disease   | Y       | Y
        T-2     | type 2 diabetes mellitus | Y       | N
        T-2     | coronary heart disease   | Y       | N
    """,
    "HO": """
        USUBJID | HOTERM | HODECOD       | HODUR | HOSTDTC    | HOENDTC
        T-1     | Stay   | HOSPITAL STAY | P19D  |            |
        T-2     | Stay   | HOSPITAL STAY |       | 2020-02-01 | 2020-02-08
        T-3     | Stay   | HOSPITAL STAY |       |            |
    """,
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("listing"), PLAN, **TABLES)


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("Sex", ["Female", "Male", "-"]),
        ("SpO2", ["98%", "-", "-"]),
        ("CRP", ["<0.50; 12.50", "-", "-"]),
        ("Comorbidities", ["Type 2 diabetes mellitus and coronary heart disease", "None", "-"]),
        ("Heart", ["Coronary heart disease", "-", "-"]),
        ("Diabetes", ["Yes", "No", "-"]),
        ("Stay", ["19 d", "7 d", "-"]),
    ],
)
def test_a_cell_is_printed_as_planned(rows, label, printed):
    assert texts(rows, analysis="listing", label=label) == printed


def test_a_number_is_a_value_with_its_unit_and_source(rows):
    row = only(rows, analysis="listing", label="SpO2", subject="T-1")
    assert (row.table, row.group, row.group_level, row.value, row.unit) == ("Table 1", "subject", "Case 1", 98, "%")
    assert (row.source, row.origin, row.n, row.n_missing) == (("records/vs.csv:2",), "entered", 1, 0)


def test_several_values_are_no_single_number(rows):
    row = only(rows, analysis="listing", label="CRP", subject="T-1")
    assert (row.value, row.n, row.source) == (None, 2, ("records/lb.csv:3", "records/lb.csv:2"))


def test_a_value_in_another_unit_is_printed_as_collected_and_says_so(tmp_path):
    crp = "USUBJID | LBTESTCD | LBORRES | LBORRESU\nT-1 | CRP | 2 | mg/dL"
    row = only(analysed(tmp_path, PLAN, **{**TABLES, "LB": crp}), analysis="listing", label="CRP", subject="T-1")
    assert (row.text, row.value, row.unit, row.warning) == ("2", 20, "mg/L", "as collected, in mg/dL")


def test_what_is_not_recorded_says_so(rows):
    assert only(rows, label="Sex", subject="T-3").warning == "not recorded"
    assert only(rows, label="Stay", subject="T-3").warning == "not recorded"


def test_absence_is_printed_only_when_all_terms_were_asked(rows):
    assert only(rows, label="Heart", subject="T-2").warning == "not recorded: heart failure"

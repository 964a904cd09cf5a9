"""Every planned analysis and the standing ones: complete, proved, in a fixed order, and never a crash."""

import math

import pytest

from cordside.analysis.run import FROM_ROWS, KINDS, analyse
from cordside.protocol.protocol import Protocol
from cordside.record.read import read_study
from cordside.results import find, to_json
from tests.support.analysed import analysed, only, texts
from tests.support.folders import a_protocol, a_study

EVERY_KIND = """
visits:
  BEFORE: {day: -1, window: [-2, 0]}
  AFTER: {day: 7, window: [0, 2]}
arms:
  MSC: {label: Cells}
  SOC: {label: Care alone, treated: false}
population:
  planned: 5
  inclusion:
    - {id: I1, text: Adult, item: DM.AGE, at_least: 18}
    - id: I2
      text: Severe
      any:
        - {text: Fast breathing, item: VS.RESP, at_least: 30}
        - {text: Low saturation, item: VS.OXYSAT, at_most: 93, on: room air}
  exclusion:
    - {id: E1, text: Shock, item: MH.SHOCK, recorded: true}
analyses:
  - {kind: listing, id: a, title: A, rows: [{label: Age, item: DM.AGE}, {label: CRP, item: LB.CRP}]}
  - kind: characteristics
    id: b
    title: B
    by: arm
    rows: [{label: Age, item: DM.AGE, show: median_iqr}, {label: Sex, item: DM.SEX, show: n_percent}]
  - {kind: swabs, id: c, title: C, item: MB.SAR2RNA, places: [{label: Nose, location: NASOPHARYNX}]}
  - {kind: clearance, id: d, title: D, item: MB.SAR2RNA}
  - {kind: before_after, id: e, title: E, markers: [{item: LB.LYM, label: Lymphocytes}], before: BEFORE, after: AFTER}
  - {kind: by_visit, id: f, title: F, markers: [{item: LB.CRP, label: CRP}], visits: [BEFORE, AFTER]}
  - {kind: timeline, id: g, title: G, swabs: MB.SAR2RNA, stay: HO.HOSPITAL STAY, visits: [BEFORE]}
  - {kind: images, id: h, title: H, item: RE.GGOIND, before: BEFORE, after: AFTER}
  - {kind: adverse_events, id: i, title: I}
  - {kind: infusions, id: j, title: J}
  - {kind: deviations, id: k, title: K}
"""
TABLES = {
    "DM": """
        USUBJID | SUBJID | ARMCD | AGE | AGEU  | SEX | DTHFL | DTHDTC     | ORIGIN
        T-1     | 1      | MSC   | 65  | YEARS | F   |       |            | published
        T-2     | 2      | MSC   | 17  | YEARS | M   | Y     | 2020-02-20 | simulated
        T-3     | 3      | SOC   | 50  | YEARS | F   |       |            | published
    """,
    "DS": """
        USUBJID | DSTERM    | DSDECOD                   | DSCAT              | DSSTDTC
        T-1     | consent   | INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | 2020-02-09
        T-1     | discharge | DISCHARGED                | OTHER EVENT        | 2020-02-28
    """,
    "VS": """
        USUBJID | VSTESTCD | VSORRES | VSORRESU    | VSO2SUP    | VSDTC
        T-1     | RESP     | 21      | breaths/min |            | 2020-02-09
        T-1     | OXYSAT   | 98      | %           | NOT STATED | 2020-02-09
    """,
    "MH": "USUBJID | MHTERM | MHPRESP | MHOCCUR\nT-1 | Shock | Y | N",
    "EX": """
        USUBJID | EXTRT | EXDOSE | EXDOSU | EXSTDTC    | DERIVED
        T-1     | MSC   | 30     | 10^6   | 2020-02-10 |
        T-2     | MSC   | 30     | 10^6   | 2020-02-11 | EXSTDTC
    """,
    "SV": "USUBJID | VISIT | SVSTDTC\nT-1 | AFTER | 2020-02-17",
    "MB": "USUBJID | MBTESTCD | MBTSTDTL | MBORRES | MBLOC | MBDTC\nT-1 | SAR2RNA | DETECTION | NEGATIVE | NASOPHARYNX | 2020-02-14",
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("all"), EVERY_KIND, **TABLES)


def test_every_kind_of_the_protocol_can_be_made():
    schema = Protocol.model_json_schema()
    kinds = {
        part["properties"]["kind"]["const"] for part in schema["$defs"].values() if "const" in part.get("properties", {}).get("kind", {})
    }
    assert set(KINDS) | set(FROM_ROWS) == kinds


def test_analyses_stand_in_the_protocols_order_then_the_standing_ones(rows):
    assert list(dict.fromkeys(row.analysis for row in rows)) == [*"abcdefghijk", "flow", "eligibility", "schedule", "data"]


def test_every_row_has_a_source_and_an_origin(rows):
    assert [row for row in rows if not row.source or not row.origin] == []


def test_a_row_of_many_bears_every_origin_that_it_rests_on(rows):
    assert only(rows, analysis="b", label="Age", group_level="Cells", statistic="median").origin == "published, simulated"
    assert only(rows, analysis="a", label="Age", subject="T-2").origin == "simulated"


def test_what_is_absent_bears_the_origin_of_its_subject(rows):
    row = only(rows, analysis="a", label="CRP", subject="T-2")
    assert (row.text, row.source, row.origin) == ("-", ("records/dm.csv:3",), "simulated")


def test_two_runs_give_the_same_rows(rows, tmp_path):
    assert to_json(analysed(tmp_path, EVERY_KIND, **TABLES)) == to_json(rows)


def test_no_value_is_silent_and_none_is_nan(rows):
    assert all(row.value is None or math.isfinite(row.value) for row in rows)
    assert [row for row in rows if row.value is None and row.text in ("", "-") and not (row.warning or row.error)] == []


def test_an_empty_record_gives_one_row_of_reasons_for_each(tmp_path):
    rows = analysed(tmp_path, EVERY_KIND)
    for analysis in [*"abcdefghjk", "flow", "eligibility", "schedule", "data"]:
        row = only(rows, analysis=analysis)
        assert (row.statistic, row.value) == ("n", 0)
        assert row.error
    assert only(rows, analysis="i", level="any").error


def test_a_protocol_without_anything_planned_is_analysed_too(tmp_path):
    rows = analyse(read_study(a_study(tmp_path, a_protocol(), DM=TABLES["DM"])))
    assert {row.analysis for row in rows} == {"flow", "eligibility", "schedule", "data"}
    assert only(rows, analysis="eligibility").error == "the protocol names no criteria"


def test_the_flow_counts_who_came_how_far_by_arm_and_in_total(rows):
    def counts(group):
        return {(row.variable, row.level): row.value for row in find(rows, analysis="flow", group_level=group)}

    assert counts("Total") == {
        ("recorded", ""): 3,
        ("consented", ""): 1,
        ("eligible", "met"): 0,
        ("eligible", "not met"): 1,
        ("eligible", "unknown"): 2,
        ("treated", ""): 2,
        ("infusions", "1"): 2,
        ("discharged", ""): 1,
        ("died", ""): 1,
    }
    assert counts("Care alone")["treated", ""] == 0
    assert only(rows, analysis="flow", group_level="Total", variable="infusions").label == "1 infusion"


def test_eligibility_lists_each_criterion_its_parts_and_what_they_rest_on(rows):
    found = [(row.variable, row.level, row.statistic, row.text) for row in find(rows, analysis="eligibility", subject="T-1")]
    assert found == [
        ("verdict", "", "value", "unknown"),
        ("I1", "inclusion", "value", "met"),
        ("I1", "inclusion", "evidence", "65 YEARS"),
        ("I2", "inclusion", "value", "unknown"),
        ("I2", "inclusion", "evidence", "98 %, support not stated"),
        ("I2.1", "part", "value", "not met"),
        ("I2.1", "part", "evidence", "21 breaths/min"),
        ("I2.2", "part", "value", "unknown"),
        ("I2.2", "part", "evidence", "98 %, support not stated"),
        ("E1", "exclusion", "value", "met"),
        ("E1", "exclusion", "evidence", "N"),
    ]
    assert only(rows, analysis="eligibility", subject="T-1", variable="I1", statistic="evidence").source == ("records/dm.csv:2",)


def test_the_schedule_tells_each_visit_with_its_dates(rows):
    found = {row.statistic: row.text for row in find(rows, analysis="schedule", subject="T-1", visit="AFTER")}
    assert found == {"value": "done", "due": "2020-02-16", "window": "2020-02-16 to 2020-02-18", "done": "2020-02-17"}
    assert texts(rows, analysis="schedule", subject="T-1", visit="BEFORE", statistic="value") == ["missed"]


def test_the_data_are_counted_by_domain_and_origin_and_derived_rows_are_named(rows):
    assert [(row.level, row.value) for row in find(rows, analysis="data", variable="DM")] == [("published", 2), ("simulated", 1)]
    assert only(rows, analysis="data", variable="EX", statistic="derived").value == 1

"""A whole cohort: counts, partitions, parts, days in order, infusions, swabs, deaths; each row in its domain."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cordside.appraisal.read import parse_paper, read_paper
from cordside.appraisal.rebuild.cohort import rebuild
from cordside.appraisal.rebuild.draws import MEASURES, draw_ranges
from cordside.appraisal.rebuild.setting import WATERMARK
from cordside.appraisal.rebuild.writing import folder_files
from cordside.appraisal.rules import rebuild as rule
from cordside.appraisal.verdict import CONTRADICTION, NOTE
from cordside.errors import CannotDo
from tests.support.rebuilt import a_change, a_paper, prints

PAPER = Path(__file__).with_name("paper31.yaml")


@pytest.fixture(scope="module", params=["type-6", "type-7"])
def cohort(request):
    return rebuild(read_paper(PAPER), seed=7, definition=request.param)


def _rows(cohort, code, **wanted):
    return [row for row in cohort.records.rows.get(code, []) if all(row.get(name) == value for name, value in wanted.items())]


def _subjects(rows):
    return {row["USUBJID"] for row in rows}


def test_every_published_summary_is_kept(cohort):
    assert not cohort.missed
    assert len(cohort.kept) == 27 + 1 + 3


def test_age_sex_and_death_stand_in_dm(cohort):
    rows = _rows(cohort, "DM")
    assert prints([Decimal(row["AGE"]) for row in rows], "median_iqr", ["70", "61", "71"], cohort.setting.definition)
    assert Counter(row["SEX"] for row in rows) == {"M": 25, "F": 6}
    dead = _subjects(row for row in rows if row.get("DTHFL") == "Y")
    assert dead == _subjects(_rows(cohort, "DS", DSDECOD="DEATH")) and len(dead) == 4
    assert not any("DTHDTC" in row for row in rows), "no date of death is published"


def test_what_was_counted_is_asked_of_everybody(cohort):
    for code, term, count in (("CE", "FEVER", 24), ("MH", "HYPERTENSION", 13), ("PR", "OXYGEN", 27), ("CM", "ARBIDOL", 20)):
        asked = _rows(cohort, code, **{f"{code}DECOD": term})
        assert len(asked) == 31
        assert sum(row[f"{code}OCCUR"] == "Y" for row in asked) == count


def test_a_complication_without_a_published_time_has_no_visit(cohort):
    assert {row.get("VISIT") for row in _rows(cohort, "CE", CEDECOD="CARDIAC INJURY")} == {None}
    assert {row.get("VISIT") for row in _rows(cohort, "CE", CEDECOD="FEVER")} == {"BEFORE"}


def test_rows_of_a_partition_exclude_one_another_and_make_up_the_whole(cohort):
    classes = [_subjects(_rows(cohort, "RS", RSORRES=value)) for value in ("SEVERE", "CRITICAL")]
    assert [len(one) for one in classes] == [23, 8]
    assert not classes[0] & classes[1] and len(classes[0] | classes[1]) == 31


def test_a_part_belongs_to_members_of_its_parent(cohort):
    drug, group = (_subjects(_rows(cohort, "CM", CMDECOD=term, CMOCCUR="Y")) for term in ("ARBIDOL", "ANTIVIRALS"))
    assert drug < group
    oxygen = _subjects(_rows(cohort, "PR", PRDECOD="OXYGEN", PROCCUR="Y"))
    parts = [_subjects(_rows(cohort, "PR", PRDECOD=term, PROCCUR="Y")) for term in ("OXYGEN INHALATION", "INVASIVE MECHANICAL VENTILATION")]
    assert not parts[0] & parts[1] and parts[0] | parts[1] == oxygen
    assert {row["CMCLAS"] for row in _rows(cohort, "CM", CMDECOD="ARBIDOL")} == {"ANTIVIRALS"}


def test_days_between_events_hold_together_for_the_same_patients(cohort):
    def dates(code, name, **wanted):
        return {row["USUBJID"]: date.fromisoformat(row[name]) for row in _rows(cohort, code, **wanted)}

    onset, admission = dates("MH", "MHSTDTC", MHEVDTYP="SYMPTOM ONSET"), dates("HO", "HOSTDTC", HODECOD="HOSPITAL STAY")
    first = {row["USUBJID"]: date.fromisoformat(row["EXSTDTC"]) for row in reversed(_rows(cohort, "EX"))}
    definition = cohort.setting.definition
    for start, end, kind, texts in (
        (onset, admission, "mean_sd", ["37.2", "17.6"]),
        (onset, first, "mean_sd", ["50.7", "12.6"]),
        (admission, first, "median_iqr", ["10.0", "6.0", "22.0"]),
    ):
        days = [Decimal((end[subject] - start[subject]).days) for subject in onset]
        assert len(days) == 31 and min(days) >= 0
        assert prints(days, kind, texts, definition)
    assert all(date(2020, 1, 3) <= day <= date(2020, 4, 4) for day in first.values())


def test_infusions_are_as_counted_in_the_form_of_the_regimen(cohort):
    rows = _rows(cohort, "EX")
    assert Counter(Counter(row["USUBJID"] for row in rows).values()) == {1: 11, 2: 9, 3: 11}
    assert {(row["EXDOSE"], row["EXDOSU"], row["EXVAMT"], row["EXVAMTU"], row["EXROUTE"]) for row in rows} == {
        ("1", "10^6/kg", "100", "mL", "INTRAVENOUS DRIP")
    }


def test_thirty_become_negative_after_the_published_days_and_one_does_not(cohort):
    first = {row["USUBJID"]: date.fromisoformat(row["EXSTDTC"]) for row in reversed(_rows(cohort, "EX"))}
    after = [row for row in _rows(cohort, "MB", MBTESTCD="SAR2RNA") if row["VISIT"] == "AFTER"]
    negative: dict[str, Decimal] = {}
    for row in after:
        if row["MBORRES"] == "NEGATIVE":
            day = Decimal((date.fromisoformat(row["MBDTC"]) - first[row["USUBJID"]]).days)
            negative[row["USUBJID"]] = min(day, negative.get(row["USUBJID"], day))
    assert prints(list(negative.values()), "mean_sd", ["10.7", "4.2"], "type-7") and len(negative) == 30
    assert len(_subjects(row for row in after if row["MBORRES"] == "POSITIVE")) == 1
    assert len(_rows(cohort, "MB", VISIT="BEFORE", MBORRES="POSITIVE")) == 31


def test_weights_follow_from_the_bmi_and_are_called_assumed(cohort):
    signs = {(row["USUBJID"], row["VSTESTCD"]): Decimal(row["VSORRES"]) for row in _rows(cohort, "VS")}
    for subject in _subjects(_rows(cohort, "DM")):
        height = signs[subject, "HEIGHT"] / 100
        assert abs(signs[subject, "WEIGHT"] / (height * height) - signs[subject, "BMI"]) < Decimal("0.05")
    assert any("Weights are not published" in words for words in cohort.setting.assumptions)


def test_a_row_without_a_place_in_the_record_becomes_a_sponsor_finding(cohort):
    smell = _rows(cohort, "FA", FAOBJ="Loss of smell")
    assert {row["FATESTCD"] for row in smell} == {"OCCUR"} and sum(row["FAORRES"] == "Y" for row in smell) == 9
    assert len(_rows(cohort, "FA", FAOBJ="Score of a scale", FATESTCD="VALUE")) == 31


def test_every_row_says_that_it_is_rebuilt_with_which_seed_from_what(cohort):
    rows = [row for rows in cohort.records.rows.values() for row in rows]
    assert {row["ORIGIN"] for row in rows} == {"rebuilt"}
    assert all(row["COMMENT"].startswith("Seed 7: ") for row in rows)
    assert cohort.setting.assumptions[0].startswith("Beyond the counts")


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_rows():
    paper = read_paper(PAPER)
    one, again, other = (folder_files(rebuild(paper, seed=seed, definition="type-6"), b"", None) for seed in (1, 1, 2))
    assert one == again
    assert {name for name in one if one[name] == other[name]} == {"published.yaml"}


def test_the_account_lists_constraints_assumptions_and_the_watermark(cohort):
    text = folder_files(cohort, b"", None)["rebuilt.yaml"].decode()
    assert WATERMARK in text and "seed: 7" in text and "never as data" in text
    assert all(one.spot.row in text for one in cohort.kept)


@pytest.mark.parametrize(
    ("keys", "level", "why"),
    [
        ({"rows": [{"row": "A", "n": "9", "pct": "45.1"}]}, CONTRADICTION, "9 of 20 is 45.00%"),
        ({"rows": [{"row": "A", "n": "12"}, {"row": "B", "n": "7"}], "partitions": [["A", "B"]]}, CONTRADICTION, "12 + 7 = 19, not 20"),
        ({"rows": [{"row": "A", "n": "5"}, {"row": "B", "parent": "A", "n": "7"}]}, CONTRADICTION, "7 of 5 patients"),
        ({"rows": [{"row": "A", "n": "21"}]}, CONTRADICTION, "21 of 20 patients"),
        ({"rows": [{"row": "A", "kind": "median_range", "value": ["5", "1", "9"]}]}, NOTE, "kind median_range is not rebuilt"),
    ],
)
def test_a_count_that_cannot_be_is_a_finding(keys, level, why):
    rows = keys.pop("rows")
    found = rebuild(a_paper(20, *rows, **keys), seed=1, definition="type-7").missed
    assert [one.level for one in found] == [level]
    assert why in found[0].why


def test_infusions_that_print_another_volume_are_a_contradiction():
    text = PAPER.read_text().replace('["200", "100", "300"]', '["300", "100", "300"]')
    found = rebuild(parse_paper(text), seed=1, definition="type-6").missed
    assert [(one.spot.row, one.level) for one in found] == [("Volume", CONTRADICTION)]


def test_days_that_cannot_hold_together_are_a_note_and_the_others_are_kept():
    text = PAPER.read_text().replace('["50.7", "12.6"]', '["90.7", "12.6"]')
    cohort = rebuild(parse_paper(text), seed=1, definition="type-6")
    assert [one.level for one in cohort.missed] == [NOTE]
    assert sum("together with the other days" in one.why for one in cohort.kept) == 2


def test_a_paper_of_single_patients_is_not_rebuilt():
    paper = parse_paper("study: five\nn: 5\npatients:\n  - {case: 1, age: 65}\n")
    with pytest.raises(CannotDo, match="no table of summaries"):
        rebuild(paper, seed=1, definition="type-7")


def test_ranges_name_a_low_and_a_high_end_and_the_failed_seeds():
    (found,) = draw_ranges(read_paper(PAPER), seed=1, definition="type-6", draws=60, rows=["C-reactive protein"])
    assert (found.draws, found.failed) == (60, 0)
    assert tuple(one.measure for one in found.ranges) == MEASURES
    ranges = {one.measure: (one.low, one.high) for one in found.ranges}
    assert all(low <= high for low, high in ranges.values())
    # By the appraisal's reference: correlation -.27 to .97, share falling 71 to 100 %, mean before 20 to 46.
    assert ranges["correlation"][0] < 0.2 and ranges["correlation"][1] > 0.9
    assert 0.6 < ranges["share falling"][0] < 0.85 and ranges["share falling"][1] > 0.95
    assert 15 < ranges["mean before"][0] < 25 and 35 < ranges["mean before"][1] < 60


def test_a_row_that_cannot_be_rebuilt_has_no_ranges_but_its_failures():
    paper = a_paper(31, a_change("mean_sd", ["6.72", "2.62"], ["6.43", "1.72"], "0.003"), test="paired t")
    (found,) = draw_ranges(paper, seed=1, definition="type-7", draws=5)
    assert (found.failed, found.ranges) == (5, ())


def test_the_rule_finds_rows_right_impossible_or_not_found():
    right = rule.judge(read_paper(PAPER))
    assert not right.findings and len(right.passed) == 3
    paper = a_paper(31, a_change("mean_sd", ["6.72", "2.62"], ["6.43", "1.72"], "0.003"), test="paired t")
    (found,) = (finding for _, finding in rule.judge(paper).findings)
    assert (found.rule, found.level) == ("rebuild", CONTRADICTION)
    assert "outside the range of possible P" in found.why
    rare = a_paper(31, a_change("median_iqr", ["100", "90", "110"], ["10", "9", "11"], "0.99"), test="paired t")
    assert [finding.level for _, finding in rule.judge(rare).findings] == [NOTE]

"""Grades: the numbers of CTCAE v5.0, at their boundaries."""

from decimal import Decimal

import pytest

from cordside.terms.toxicity import VERSION, Grade, criteria, grade, lab_criteria, lab_terms, term_exists
from cordside.terms.units import analyte

LLN, ULN = Decimal("10"), Decimal("40")


def grade_of(domain, testcd, term, value, lln=None, uln=None, **baseline):
    found = {g.term: g.grade for g in grade(domain, testcd, Decimal(value), *(x and Decimal(x) for x in (lln, uln)), **baseline)}
    return found.get(term, 0)


# domain test | lower and upper limit of the laboratory | term | value:grade ...
BY_NUMBER = """
    LB WBC     | 3.5 9.5  | White blood cell decreased  | 3.5:0 3.49:1 3.0:1 2.99:2 2.0:2 1.99:3 1.0:3 0.99:4
    LB WBC     | 3.5 9.5  | Leukocytosis                | 100:0 100.1:3
    LB LYM     | 1.1 3.2  | Lymphocyte count decreased  | 1.1:0 1.09:1 0.8:1 0.79:2 0.5:2 0.49:3 0.2:3 0.19:4
    LB LYM     | 1.1 3.2  | Lymphocyte count increased  | 4:0 4.1:2 20:2 20.1:3
    LB NEUT    | 1.8 6.3  | Neutrophil count decreased  | 1.8:0 1.79:1 1.5:1 1.49:2 1.0:2 0.99:3 0.5:3 0.49:4
    LB PLAT    | 125 350  | Platelet count decreased    | 125:0 124:1 75:1 74:2 50:2 49:3 25:3 24:4
    CP TLYH    | 600 1600 | CD4 lymphocytes decreased   | 600:0 599:1 500:1 499:2 200:2 199:3 50:3 49:4
    LB HGB     | 115 175  | Anemia                      | 115:0 114:1 100:1 99:2 80:2 79:3
    LB HGB     | 115 175  | Hemoglobin increased        | 175:0 175.1:1 195:1 196:2 215:2 216:3
    LB FIBRINO | 2 4      | Fibrinogen decreased        | 2:0 1.99:1 1.5:1 1.49:2 1.0:2 0.99:3 0.5:3 0.49:4
    LB FIBRINO | 4 8      | Fibrinogen decreased        | 1.0:3 0.99:4
    LB INR     | -   -    | INR increased               | 1.2:0 1.21:1 1.5:1 1.51:2 2.5:2 2.51:3
    LB APTT    | 25 40    | Activated partial thromboplastin time prolonged | 40:0 40.1:1 60:1 60.1:2 100:2 100.1:3
    LB ALT     | 7 40     | Alanine aminotransferase increased | 40:0 41:1 120:1 121:2 200:2 201:3 800:3 801:4
    LB AST     | 13 40    | Aspartate aminotransferase increased | 40:0 41:1 120:1 121:2 200:2 201:3 800:3 801:4
    LB ALP     | 45 100   | Alkaline phosphatase increased | 100:0 101:1 250:1 251:2 500:2 501:3 2000:3 2001:4
    LB GGT     | 10 60    | GGT increased               | 60:0 61:1 150:1 151:2 300:2 301:3 1200:3 1201:4
    LB BILI    | 3 20     | Blood bilirubin increased   | 20:0 21:1 30:1 31:2 60:2 61:3 200:3 201:4
    LB LDH     | 120 250  | Blood lactate dehydrogenase increased | 250:0 251:1
    LB CK      | 40 200   | CPK increased               | 200:0 201:1 500:1 501:2 1000:2 1001:3 2000:3 2001:4
    LB CREAT   | 41 111   | Creatinine increased        | 111:0 112:1 166.5:1 166.6:2 333:2 334:3 666:3 667:4
    LB ALB     | 40 55    | Hypoalbuminemia             | 40:0 39:1 30:1 29:2 20:2 19:3
    LB GLUC    | 3.9 6.1  | Hypoglycemia                | 3.9:0 3.8:1 3.0:1 2.9:2 2.2:2 2.1:3 1.7:3 1.6:4
    LB K       | 3.5 5.3  | Hypokalemia                 | 3.5:0 3.4:1 3.0:1 2.9:3 2.5:3 2.4:4
    LB K       | 3.5 5.3  | Hyperkalemia                | 5.3:0 5.4:1 5.5:1 5.6:2 6.0:2 6.1:3 7.0:3 7.1:4
    LB SODIUM  | 137 147  | Hyponatremia                | 137:0 136:1 130:1 129:2 125:2 124:3 120:3 119:4
    LB SODIUM  | 137 147  | Hypernatremia               | 147:0 148:1 150:1 151:2 155:2 156:3 160:3 161:4
    LB PH      | 7.35 7.45 | Acidosis                   | 7.35:0 7.34:1 7.3:1 7.29:3
    LB PH      | 7.35 7.45 | Alkalosis                  | 7.45:0 7.46:1 7.5:1 7.51:3
    LB PO2     | -   -    | Hypoxia                     | 55.1:0 55:3
    VS OXYSAT  | -   -    | Hypoxia                     | 88:0 87:3
    VS TEMP    | -   -    | Fever                       | 37.9:0 38.0:1 39.0:1 39.1:2 40.0:2 40.1:3
    VS TEMP    | -   -    | Hypothermia                 | 35.1:0 35:2 32.1:2 32:3 28.1:3 28:4
    EG QTCFAG  | -   -    | Electrocardiogram QT corrected interval prolonged | 449:0 450:1 480:1 481:2 500:2 501:3
    RE FEV1PP  | -   -    | Forced expiratory volume decreased | 100:0 99:1 70:1 69:2 60:2 59:3 50:3 49:4
    RE FVCPP   | -   -    | Vital capacity abnormal     | 91:0 90:1 75:1 74:2 50:2 49:3
"""


def rows_by_number():
    for line in BY_NUMBER.strip().splitlines():
        test, limits, term, values = (cell.strip() for cell in line.split("|"))
        for pair in values.split():
            value, expected = pair.split(":")
            low, high = (None if limit == "-" else limit for limit in limits.split())
            yield (*test.split(), term, value, low, high, int(expected))


@pytest.mark.parametrize(("domain", "testcd", "term", "value", "lln", "uln", "expected"), list(rows_by_number()))
def test_a_grade_begins_and_ends_where_ctcae_says(domain, testcd, term, value, lln, uln, expected):
    assert grade_of(domain, testcd, term, value, lln, uln) == expected


def test_every_term_that_is_graded_has_its_boundaries_in_the_table_above_or_needs_a_baseline():
    tabled = {(domain, testcd, term) for domain, testcd, term, *_ in rows_by_number()} | {
        ("VS", "WEIGHT", t) for t in lab_terms("VS", "WEIGHT")
    }
    graded = {(d, t, term) for d, t in {key[:2] for key in tabled} for term in lab_terms(d, t)}
    assert graded == tabled


def test_a_grade_carries_the_version():
    assert grade("LB", "WBC", Decimal("0.9"), None, None) == (Grade("White blood cell decreased", 4, "5.0"),)
    assert VERSION == "5.0"


@pytest.mark.parametrize(("value", "expected"), [("3.2", 0), ("3.0", 0), ("2.9", 2), ("0.9", 4)])
def test_without_the_laboratory_limit_only_what_does_not_need_it_is_graded(value, expected):
    assert grade_of("LB", "WBC", "White blood cell decreased", value) == expected


@pytest.mark.parametrize(
    ("value", "baseline", "abnormal", "expected"),
    [
        ("300", "100", True, 1),  # 3.0 x baseline
        ("301", "100", True, 2),
        ("150", "100", True, 1),  # 1.5 x baseline
        ("149", "100", True, 0),
        ("149", "100", None, 0),  # above the limit at baseline: abnormal without being told
        ("149", "30", None, 2),
        ("149", "100", False, 2),
        ("149", None, None, 2),
        ("149", None, True, 0),
        ("15", "5", None, 0),  # below the lower limit at baseline is not the side that matters
    ],
)
def test_an_abnormal_baseline_takes_the_place_of_the_upper_limit(value, baseline, abnormal, expected):
    asked = {"baseline": baseline and Decimal(baseline), "baseline_abnormal": abnormal}
    assert grade_of("LB", "ALT", "Alanine aminotransferase increased", value, "7", "40", **asked) == expected


@pytest.mark.parametrize(("value", "expected"), [("1.5", 0), ("1.49", 1), ("1.13", 1), ("1.125", 2), ("0.75", 3), ("0.5", 3), ("0.375", 4)])
def test_fibrinogen_low_at_baseline_is_graded_by_its_fall(value, expected):
    assert grade_of("LB", "FIBRINO", "Fibrinogen decreased", value, "2", "4", baseline=Decimal("1.5")) == expected


@pytest.mark.parametrize(("value", "expected"), [("90", 0), ("90.1", 2), ("180", 2), ("180.1", 3)])
def test_creatinine_is_also_graded_by_its_rise(value, expected):
    assert grade_of("LB", "CREAT", "Creatinine increased", value, "41", "111", baseline=Decimal(60)) == max(
        expected, grade_of("LB", "CREAT", "Creatinine increased", value, "41", "111")
    )


@pytest.mark.parametrize(
    ("value", "loss", "gain"), [("95.1", 0, 0), ("95", 1, 0), ("90", 2, 0), ("80", 3, 0), ("105", 0, 1), ("110", 0, 2), ("120", 0, 3)]
)
def test_weight_is_graded_against_the_baseline(value, loss, gain):
    assert grade_of("VS", "WEIGHT", "Weight loss", value, baseline=Decimal(100)) == loss
    assert grade_of("VS", "WEIGHT", "Weight gain", value, baseline=Decimal(100)) == gain


def test_qtc_is_grade_3_when_it_grew_by_more_than_60_ms():
    term = "Electrocardiogram QT corrected interval prolonged"
    assert [grade_of("EG", "QTCFAG", term, value, baseline=Decimal(380)) for value in ("440", "441")] == [0, 3]


@pytest.mark.parametrize("testcd", ["DDIMER", "CRP", "INTLK6", "PCT", "TROPONI", "NOSUCH"])
def test_what_ctcae_has_no_number_for_is_not_graded(testcd):
    assert lab_terms("LB", testcd) == ()
    assert grade("LB", testcd, Decimal(10**6), LLN, ULN) == ()


def test_white_cells_of_urine_and_oxygen_of_venous_blood_are_not_graded():
    assert grade("LB", "WBC", Decimal("0.5"), None, None, specimen="URINE") == ()
    assert grade("LB", "PO2", Decimal(40), None, None, specimen="VENOUS BLOOD") == ()
    assert grade("LB", "PO2", Decimal(40), None, None, specimen="ARTERIAL BLOOD")


GRADED = [
    (d, t)
    for d in ("LB", "VS", "CP", "EG", "RE")
    for t in sorted({row[1] for row in rows_by_number() if row[0] == d} | {"WEIGHT"})
    if lab_terms(d, t)
]


@pytest.mark.parametrize(("domain", "testcd"), GRADED)
def test_a_criterion_names_a_term_and_a_grade_of_ctcae_in_the_unit_of_the_analyte(domain, testcd):
    for criterion in lab_criteria(domain, testcd):
        assert criterion.grade in criteria(criterion.term)
        assert criterion.unit == analyte(domain, testcd).unit


def test_a_term_has_the_texts_of_its_grades():
    assert criteria("Lymphocyte count decreased")[1].startswith("<LLN - 800/mm3")
    assert sorted(criteria("Fever")) == [1, 2, 3, 4, 5]
    assert sorted(criteria("Leukocytosis")) == [3, 4, 5]


WATCHED = """
    Nausea|Chills|Dyspnea|Headache|Vomiting|Hypotension|Thromboembolic event|Infusion related reaction|Allergic reaction|Anaphylaxis
    Cytokine release syndrome|Adult respiratory distress syndrome|Fever|Hypoxia|Rash maculo-papular
"""


@pytest.mark.parametrize("term", [term for line in WATCHED.split("\n") for term in line.strip().split("|") if term])
def test_the_terms_that_a_cell_therapy_watches_are_there(term):
    assert term_exists(term)
    assert criteria(term)


def test_an_unknown_term_is_a_key_error():
    assert not term_exists("fever")
    with pytest.raises(KeyError):
        criteria("fever")

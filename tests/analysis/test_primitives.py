"""The three that reach the data."""

import polars as pl

from cordside.analysis.primitives import count_values, distinct_subjects, join_baseline

FRAME = pl.DataFrame(
    {
        "USUBJID": ["T-1", "T-1", "T-2", "T-2", "T-3"],
        "NAME": ["CRP", "CRP", "CRP", "CRP", "CRP"],
        "ARM": ["A", "A", "B", "B", "B"],
        "NUMBER": [5.0, 7.0, float("nan"), 7.0, None],
        "BLFL": ["Y", None, None, None, "Y"],
    }
)


def test_values_are_counted_by_keys_and_nan_is_missing():
    assert count_values(FRAME, ["ARM"], "NUMBER") == [
        {"ARM": "A", "NUMBER": 5.0, "COUNT": 1},
        {"ARM": "A", "NUMBER": 7.0, "COUNT": 1},
        {"ARM": "B", "NUMBER": 7.0, "COUNT": 1},
        {"ARM": "B", "NUMBER": None, "COUNT": 2},
    ]


def test_a_lazy_frame_gives_the_same_counts():
    assert count_values(FRAME.lazy(), ["ARM"], "NUMBER") == count_values(FRAME, ["ARM"], "NUMBER")
    assert distinct_subjects(FRAME.lazy(), []) == distinct_subjects(FRAME, [])


def test_a_subject_counts_once():
    assert distinct_subjects(FRAME, ["ARM"]) == [{"ARM": "A", "SUBJECTS": 1}, {"ARM": "B", "SUBJECTS": 2}]
    assert distinct_subjects(FRAME, []) == [{"SUBJECTS": 3}]


def test_an_empty_frame_has_no_counts():
    assert count_values(FRAME.clear(), ["ARM"], "NUMBER") == []
    assert distinct_subjects(FRAME.clear(), []) == [{"SUBJECTS": 0}]


def test_the_baseline_stands_beside_every_row_in_its_place_and_doubles_none():
    before = pl.DataFrame({"USUBJID": ["T-2", "T-1", "T-1"], "NUMBER": [8.0, 99.0, 5.0]})
    found = join_baseline(FRAME, before)
    assert found["USUBJID"].to_list() == FRAME["USUBJID"].to_list()
    assert set(found.select("USUBJID", "BASE").rows()) == {("T-1", 5.0), ("T-2", 8.0), ("T-3", None)}

"""What a report must say, and what it must not."""

import pytest

from cordside.report.statements import COMPARISON_NOT_STATED, LIMITS, SINGLE_ARM, cautions, forbidden_in, watermark
from tests.report.sample import a_protocol


@pytest.mark.parametrize(
    "claim",
    [
        "The cells were effective.",
        "Efficacy was shown.",
        "Lungs improved by the infusions",
        "It was proven to be safe",
        "infusion is proven safe",
        "safe and well tolerated",
        "All patients benefited",
        "a therapeutic effect",
        "treated successfully",
        "recovery caused by the cells",
    ],
)
def test_a_claim_is_noticed(claim):
    assert forbidden_in(claim)


@pytest.mark.parametrize("text", [SINGLE_ARM, COMPARISON_NOT_STATED, *LIMITS, "Effect", "Safety", "improvement", "the source", "secured"])
def test_plain_words_are_no_claim(text):
    assert forbidden_in(text) == []


def test_a_study_without_comparison_says_that_a_change_is_no_effect():
    assert SINGLE_ARM in cautions(a_protocol())


def test_a_study_that_does_not_say_whether_it_compares_is_cautioned_too():
    assert COMPARISON_NOT_STATED in cautions(a_protocol(control_group="control_group: not_published"))


def test_a_study_with_a_comparison_is_not_called_single_arm():
    assert not {SINGLE_ARM, COMPARISON_NOT_STATED} & set(cautions(a_protocol(control_group="control_group: true")))


@pytest.mark.parametrize(
    ("origins", "words"),
    [
        (("published",), ""),
        (("published", "simulated"), "SIMULATED"),
        (("rebuilt",), "REBUILT"),
        (("rebuilt", "simulated"), "SIMULATED + REBUILT"),
        ((), ""),
    ],
)
def test_what_no_patient_had_bears_the_word(origins, words):
    assert watermark(origins) == words

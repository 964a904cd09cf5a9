"""Words of a claim, and limitations that take one back."""

import pytest

from cordside.appraisal.claims import FORBIDDEN, flagged_words, takes_back

WORDS = ["proven", "effective", "improved by", "due to"]


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("infusion has proven to be safe", ["proven"]),
        ("evidence for the effective treatment", ["effective"]),
        ("No adverse events were attributable to the infusion.", []),
        ("Lymphocytes improved by 31% due to the cells.", ["improved by", "due to"]),
        ("it was not proven", []),
        ("no deaths were due to the infusion", []),
        ("no deaths occurred, but recovery was due to the cells", ["due to"]),
        ("an ineffective drug", []),
        ("", []),
    ],
)
def test_a_word_is_flagged_unless_its_clause_denies_it(text, flagged):
    assert flagged_words(text, WORDS) == flagged


@pytest.mark.parametrize("text", ["may restore oxygenation", "tended to improve", "cured two", "thanks to the cells", "was efficacious"])
def test_other_forms_of_a_word_are_flagged_too(text):
    assert flagged_words(text, FORBIDDEN)


@pytest.mark.parametrize(
    ("claim", "limit", "taken"),
    [
        ("has proven to be safe", "we were not able to determine the tolerance and safety", ["safe"]),
        ("evidence for the effective treatment", "nor draw conclusions about the efficacy", ["effective"]),
        ("blood oxygen saturation improved in all", "the SaO2 of case 3 was an outlier", ["oxygen"]),
        ("has proven to be safe", "symptom intensity was not recorded", []),
        ("has proven to be safe", "safety was shown in earlier trials", []),
    ],
)
def test_a_limitation_takes_back_what_it_denies(claim, limit, taken):
    assert takes_back(claim, limit) == taken

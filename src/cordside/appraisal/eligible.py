"""Who of the printed patients meets the printed criteria."""

from collections.abc import Sequence
from dataclasses import dataclass

from cordside.appraisal.criteria import Comparison, Truth, any_met, judge_value, read_criterion
from cordside.appraisal.names import plain
from cordside.appraisal.paper import Paper
from cordside.appraisal.published import Exclusion, Patient

_ABSENT = frozenset({"none", "absent", "no", "n", "nobody", "negative"})


@dataclass(frozen=True)
class Criterion:
    """One criterion and what is known of it for each patient; parts: of a criterion of several, by variable."""

    id: str
    text: str
    where: str
    truths: dict[str, Truth]
    parts: dict[str, dict[str, Truth]]
    values: dict[str, str]


def criteria_of(paper: Paper) -> list[Criterion]:
    """Every criterion of a paper with patient-level rows; none without eligibility."""
    rules = paper.published.eligibility
    if rules is None:
        return []
    found = [_one(paper, text, f"eligibility.include.all.{index}") for index, text in enumerate(rules.include.all)]
    if rules.include.any:
        found.append(_several(paper, rules.include.any))
    return found + [_exclusion(paper, one, index) for index, one in enumerate(rules.exclude)]


def case_name(case: str) -> str:
    """How a finding names a patient: case 1."""
    return f"case {case}" if case.isdigit() else case


def _one(paper: Paper, text: str, where: str) -> Criterion:
    comparison = read_criterion(text)
    truths = {patient.case: _judged(paper, comparison, patient) for patient in paper.published.patients}
    return Criterion(comparison.name if comparison else text, text, where, truths, {}, _values(paper, [comparison]))


def _several(paper: Paper, texts: Sequence[str]) -> Criterion:
    comparisons = [(text, read_criterion(text)) for text in texts]
    parts = {
        patient.case: {comparison.name if comparison else text: _judged(paper, comparison, patient) for text, comparison in comparisons}
        for patient in paper.published.patients
    }
    truths = {case: any_met(list(found.values())) for case, found in parts.items()}
    return Criterion("any", " or ".join(texts), "eligibility.include.any", truths, parts, _values(paper, [one for _, one in comparisons]))


def _exclusion(paper: Paper, exclusion: Exclusion, index: int) -> Criterion:
    comparison = read_criterion(exclusion.item)
    all_absent = exclusion.values.strip().casefold() in _ABSENT
    present = {patient.case: _judged(paper, comparison, patient) for patient in paper.published.patients}
    truths = {case: True if all_absent else None if truth is None else not truth for case, truth in present.items()}
    return Criterion(exclusion.item, f"not: {exclusion.item}", f"eligibility.exclude.{index}", truths, {}, _values(paper, [comparison]))


def _judged(paper: Paper, comparison: Comparison | None, patient: Patient) -> Truth:
    if comparison is None:
        return None
    return judge_value(comparison, _value(paper, comparison.name, patient), _text(patient, "support"))


def _value(paper: Paper, name: str, patient: Patient) -> str | None:
    rules = paper.published.eligibility
    shared = rules.include.values if rules else {}
    given = next((one.value for key, one in shared.items() if plain(key) == plain(name)), None)
    return _text(patient, name) or given


def _text(patient: Patient, name: str) -> str | None:
    found = next((value for key, value in (patient.model_extra or {}).items() if plain(key) == plain(name)), None)
    return found if isinstance(found, str) else None


def _values(paper: Paper, comparisons: Sequence[Comparison | None]) -> dict[str, str]:
    """The printed values that were judged, in words, by patient."""
    named = [comparison.name for comparison in comparisons if comparison]
    found = {}
    for patient in paper.published.patients:
        values = [f"{paper.title(name)} {_value(paper, name, patient) or 'not printed'}" for name in named]
        found[patient.case] = ", ".join(values)
    return found

"""Every printed baseline row meets the printed criteria.

Each criterion of `eligibility` is judged on each patient of the patient-level table; limits count as met. SpO2 "on
room air": at or below the limit it is met on any support; above it, it is not met on room air, and unknown on
oxygen or when the support is not stated. A criterion of several parts (`any`) is met when one is, not met when all
are not, else unknown. Not met: contradiction. Unknown for some patients: defect. Unknown for all, as for exclusions
that nobody printed: no finding, listed as not checked.

Example: "Case 1 has a respiratory rate of 21 and SpO2 of 98 % with the support not stated; neither shows that the
criterion was met."
"""

from cordside.appraisal.criteria import WORDS
from cordside.appraisal.eligible import Criterion, case_name, criteria_of
from cordside.appraisal.paper import Paper, Spot
from cordside.appraisal.verdict import CONTRADICTION, DEFECT, Verdicts

ID = "eligibility-row"
LEVELS = (CONTRADICTION, DEFECT)


def judge(paper: Paper) -> Verdicts:
    """Every criterion for every patient."""
    say = Verdicts(paper, ID)
    criteria = criteria_of(paper)
    for criterion in criteria:
        _judge(say, paper, criterion)
    if paper.published.eligibility is None and paper.published.patients:
        say.open(paper.spot("eligibility", "eligibility", ()), "no criteria are given")
    return say


def _judge(say: Verdicts, paper: Paper, criterion: Criterion) -> None:
    spot = paper.spot(criterion.text, criterion.where, tuple(_place(criterion.where)))
    truths = criterion.truths
    if not truths:
        return say.open(spot, "no patient-level rows are printed")
    if set(truths.values()) == {None}:
        return say.open(spot, "nothing is printed from which it could be judged, for any patient")
    for index, patient in enumerate(paper.published.patients):
        row = paper.spot(case_name(patient.case), f"patients.{case_name(patient.case)}.{criterion.id}", ("patients", index))
        _judge_case(say, paper, criterion, patient.case, row)
    return None


def _judge_case(say: Verdicts, paper: Paper, criterion: Criterion, case: str, spot: Spot) -> None:
    truth, values = criterion.truths[case], criterion.values[case]
    if truth is True:
        return say.right(spot, f"{criterion.text}: {values}")
    parts = ", ".join(f"{paper.title(name)} {WORDS[part]}" for name, part in criterion.parts.get(case, {}).items())
    told = f"{values}{f' ({parts})' if parts else ''}"
    wanted = paper.titled(criterion.text)
    if truth is False:
        why = f"{spot.row} does not meet the criterion {wanted}: {told}. Please check the row, or say why the patient was included."
        return say.found(CONTRADICTION, spot, why, printed=values, expected=criterion.text)
    why = f"no printed value shows that {spot.row} meets the criterion {wanted}: {told}. Please print what shows it."
    return say.found(DEFECT, spot, why, printed=values, expected=criterion.text)


def _place(where: str) -> list[str | int]:
    return [int(part) if part.isdigit() else part for part in where.split(".")]

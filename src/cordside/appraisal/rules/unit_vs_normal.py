"""A printed normal range fits its printed unit.

The printed limit, converted from the printed unit, is within a factor 5 of the usual limit of the analyte (upper
against upper, else lower against lower). Wider factors are no laboratory's: the unit, or its power of ten, is
wrong. The usual ranges stand in the terms reference; an analyte that is not there is listed as not checked. They
never judge a patient.

Example: "White cells of 3.5 to 9.5 × 10^9/mL are a thousand times too many; the range belongs to 10^9/L. Please
check the unit."
"""

from fractions import Fraction

from cordside.appraisal.normalranges import NormalRatio, usual_ratio
from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.printed import read_printed
from cordside.appraisal.verdict import CONTRADICTION, Verdicts
from cordside.terms.analytes import kinds_of

ID = "unit-vs-normal"
LEVELS = (CONTRADICTION,)


def judge(paper: Paper) -> Verdicts:
    """Every row with a printed normal range."""
    say = Verdicts(paper, ID)
    for row in paper.rows:
        if row.data.normal is not None and any(row.data.normal):
            _judge(say, row)
    return say


def _judge(say: Verdicts, row: PaperRow) -> None:
    code, unit = row.test_code, row.printed_unit
    if code is None or unit in (None, "none"):
        return say.open(row.spot, "the row names no test code (as: {domain, testcd})" if code is None else "no unit is printed")
    low, high = (_limit(text) for text in row.data.normal or (None, None))
    try:
        found = usual_ratio(code, unit or "", (low, high))
    except ValueError as error:
        return say.open(row.spot, str(error))
    if found is None:
        known = "no usual range of this test is known" if kinds_of(*code) else f"{code[1]} is not among the analytes"
        return say.open(row.spot, known)
    return _say(say, row, found)


def _limit(text: str | None) -> Fraction | None:
    """A limit without the sign before it: "< 10" ends at 10."""
    found = read_printed(text.lstrip("<>=≤≥ ")) if text else None
    return found.value if found else None


def _say(say: Verdicts, row: PaperRow, found: NormalRatio) -> None:
    low, high = row.data.normal or (None, None)
    limit = f"the {found.end} limit {high if found.end == 'upper' else low} {row.printed_unit}"
    words, against = f"{limit} is {float(found.printed):.6g} {found.unit}", f"the usual one is {float(found.usual):.6g} {found.unit}"
    if found.consistent:
        return say.right(row.spot, f"{words}; {against}")
    times = found.ratio if found.ratio >= 1 else 1 / found.ratio
    size = f"{float(times):.4g} times too {'large' if found.ratio > 1 else 'small'}"
    why = f"{words}, {size}: {against}. Please check the unit of {row.title}."
    return say.found(CONTRADICTION, row.spot, why, printed=row.data.label or limit, expected=f"a unit such as {found.unit}")

"""The category of a value: below, within or above the normal range, or its grade; and the worst of several."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cordside.analysis.rows import Row
from cordside.domains.all import DOMAINS
from cordside.protocol.plans.changes import ShiftMarker
from cordside.record.record import Record
from cordside.terms.toxicity import lab_criteria, lab_terms

LOW, NORMAL, HIGH, LOW_AND_HIGH = "Low", "Normal", "High", "Low and high"
UNKNOWN, MISSING = "Unknown", "Missing"
GRADES = tuple(f"Grade {number}" for number in range(5))
_INDICATED = {"LOW": LOW, "NORMAL": NORMAL, "HIGH": HIGH}
_WORSENING = {"higher": (LOW, NORMAL, HIGH), "lower": (HIGH, NORMAL, LOW)}


@dataclass(frozen=True, slots=True)
class Category:
    """How values fall into categories, and all that there are, in order."""

    of: Callable[[Row], str]
    order: tuple[str, ...]


def by_range() -> Category:
    """Low, normal or high beside the range of normal that the record holds; unknown without a range or a number."""
    order = (LOW, NORMAL, HIGH, LOW_AND_HIGH, UNKNOWN, MISSING)
    return Category(lambda row: _INDICATED.get(row["NRIND"] or "", UNKNOWN), order)


def by_grade(record: Record, marker: ShiftMarker) -> Category | str:
    """The grade of a value, as the record has it; the reason in words where the marker cannot be graded.

    A value that meets no criterion is grade 0, but unknown where a criterion needs a limit of normal that is not there.
    """
    code, _, name = marker.item.partition(".")
    terms = lab_terms(code, name) if f"{code}TOXGR" in DOMAINS[code].variables else ()
    if not terms:
        return f"{marker.label} has no grades in CTCAE that a number decides"
    if marker.term is None and len(terms) > 1:
        return f"{marker.label} has several terms in CTCAE ({', '.join(terms)}): the plan names none of them"
    if marker.term is not None and marker.term not in terms:
        return f"{marker.term} is no term of {marker.label}; known are {', '.join(terms)}"
    term = marker.term or terms[0]
    needed = {criterion.of.rstrip("+") for criterion in lab_criteria(code, name) if criterion.term == term}
    limits = {limit: column for limit, column in {"LLN": "STNRLO", "ULN": "STNRHI"}.items() if limit in needed}
    graded = _graded(record, code, tuple(limits.values()))
    return Category(lambda row: _grade(row, graded.get(row["SOURCE"], (None,) * 9), term), (*GRADES, UNKNOWN, MISSING))


def _graded(record: Record, code: str, limits: tuple[str, ...]) -> dict[str, tuple[object, ...]]:
    """Term, and the limits that the grade needs, by the row's source."""
    columns = ["SOURCE", f"{code}TOX", *(code + limit for limit in limits)]
    return {row[0]: row[1:] for row in record.part(code, columns).iter_rows()}


def _grade(row: Row, known: tuple[object, ...], term: str) -> str:
    found, *limits = known
    if row["TOXGR"] is not None and found == term:
        return f"Grade {row['TOXGR']}"
    return UNKNOWN if row["NUMBER"] is None or None in limits else GRADES[0]


def worst_of(found: Sequence[str], category: Category, worse: str) -> tuple[str, str]:
    """The worst of some categories, and a warning where unknown ones could be worse.

    worse: of a normal range, which side; either gives low and high where both were.
    """
    known = [name for name in found if name != UNKNOWN]
    lost = len(found) - len(known)
    if not known:
        return (UNKNOWN if found else MISSING), ""
    warning = f"{lost} values of unknown category are left out" if lost else ""
    if known[0] in GRADES:
        return max(known, key=category.order.index), warning
    if worse != "either":
        return max(known, key=_WORSENING[worse].index), warning
    sides = {name for name in known if name != NORMAL}
    return LOW_AND_HIGH if len(sides) > 1 else next(iter(sides), NORMAL), warning

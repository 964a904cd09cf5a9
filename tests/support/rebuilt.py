"""Rebuilt patients as a reader would check them: the summaries are printed again from the rows, by other code than made them."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import yaml

from cordside.analysis.conventions import quantile
from cordside.analysis.statistics.differences import differences
from cordside.analysis.statistics.location import paired_t
from cordside.analysis.summaries import moments
from cordside.appraisal.paper import Paper
from cordside.appraisal.printed import read_p
from cordside.appraisal.read import parse_paper
from cordside.appraisal.rebuild.cohort import Cohort
from cordside.words import decimals_of, rounded

ROW = "Marker"


def a_paper(n: int, *rows: Mapping[str, Any], **keys: Any) -> Paper:
    """A paper with one table; rows as in the form, numbers as texts."""
    written = [{key: value for key, value in row.items() if value is not None} for row in rows]
    return parse_paper(yaml.safe_dump({"study": "made-up", "n": str(n), "table1": written, **keys}, sort_keys=False))


def a_change(kind: str, before: list[str], after: list[str], p: str | None = None, **keys: Any) -> dict[str, Any]:
    """One row of a before/after table."""
    return {"row": ROW, "kind": kind, "before": before, "after": after, "p": p, **keys}


def values_of(cohort: Cohort, row: str, code: str = "FA", topic: str = "FAOBJ", result: str = "FAORRES") -> dict[str, dict[str, Decimal]]:
    """Values of a row by visit and patient."""
    found: dict[str, dict[str, Decimal]] = {}
    for one in cohort.records.rows.get(code, []):
        if one[topic] == row:
            found.setdefault(one.get("VISIT", ""), {})[one["USUBJID"]] = Decimal(one[result])
    return found


def prints(values: list[Decimal], kind: str, texts: list[str], definition: str) -> bool:
    """Do these values print the texts of their summary?"""
    table = [(value, 1) for value in values]
    if kind == "median_iqr":
        found: list[Any] = [quantile(table, share, definition) for share in ("0.5", "0.25", "0.75")]
    else:
        summary = moments(table)
        found = [summary.mean, summary.sd]
    return all(rounded(value, decimals_of([text])) == text for value, text in zip(found, texts, strict=True))


def p_of_pairs(before: Mapping[str, Decimal], after: Mapping[str, Decimal]) -> float:
    """P of the ordinary paired t test."""
    both = [subject for subject in before if subject in after]
    return float(paired_t(differences([before[one] for one in both], [after[one] for one in both])).p or 0)


def prints_p(p: float, text: str) -> bool:
    """Is the P printed so?"""
    printed = read_p(text)
    assert printed is not None, f"{text} is no P"
    return p < float(printed.value) if printed.relation == "<" else rounded(Fraction(str(p)), printed.decimals) == text

"""The rules of an appraisal on single statements, and the findings of a whole published file.

METHODS: (inputs as texts, vector file) → what is compared with `expected`. CHECKS: the same with `expected`, for kinds that judge
by themselves; they raise AssertionError.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from cordside.appraisal.appraise import Appraisal, appraise
from cordside.appraisal.claims import flagged_words, takes_back
from cordside.appraisal.comparing import agrees, cases_that_differ, derived
from cordside.appraisal.criteria import WORDS
from cordside.appraisal.eligible import case_name, criteria_of
from cordside.appraisal.normalranges import domain_of_test, normal_ratio
from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.periods import all_agree
from cordside.appraisal.printed import Printed, must_read, read_p, read_printed
from cordside.appraisal.read import read_paper
from cordside.appraisal.swabdays import CaseDays, case_days
from tests.reference.vectorfile import VectorFile

Given = Mapping[str, Any]
LEVELS = {"contradictions": "contradiction", "defects": "defect", "notes": "note"}
_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "twenty-one"),
)
_SPAN = re.compile(rf"\b(\d+|{'|'.join(_WORDS)}|an?|the)[ -](day|week)s?\b(?! \d)|\b(day|week) (\d+)\b", re.IGNORECASE)


def _paper(given: Given, file: VectorFile) -> Paper:
    return read_paper(file.find(given["file"]))


def _unit_vs_normal(given: Given, _: VectorFile) -> dict[str, Any]:
    ranges = [tuple(None if end is None else Fraction(end) for end in given[name]) for name in ("printed_normal", "reference_normal")]
    code = (domain_of_test(given["test"]), given["test"])
    found = normal_ratio(code, given["printed_unit"], ranges[0], given["reference_unit"], ranges[1])
    assert found is not None, "there are no two limits to compare"
    low, high = map(Fraction, given.get("flag_outside", ("1/5", "5")))
    assert (low, high) == (Fraction(1, 5), 5), "the rule flags outside 0.2 to 5"
    ratio = {f"printed_{found.end}_over_reference_{found.end}": float(found.ratio)}
    return ratio | {"consistent": found.consistent}


def _eligibility(given: Given, file: VectorFile) -> dict[str, Any]:
    paper = _paper(given, file)
    found: dict[str, Any] = {}
    exclusions = set()
    for criterion in criteria_of(paper):
        verdicts = {case_name(case): WORDS[truth] for case, truth in criterion.truths.items()}
        if criterion.where.startswith("eligibility.exclude"):
            exclusions |= set(verdicts.values())
        found[criterion.id] = verdicts
        if criterion.parts:
            found["parts_of_any"] = {
                case_name(case): {name: WORDS[part] for name, part in parts.items()} for case, parts in criterion.parts.items()
            }
    return found | {"exclusions": exclusions.pop() if len(exclusions) == 1 else sorted(exclusions)}


def _dates(given: Given, _: VectorFile) -> dict[str, Any]:
    cases = case_days(given["rows"], date(int(given["year"]), 1, 1), [int(day) for day in given["doses_on_days"]])
    after = _days_after(given["statement"])
    gaps = [case.gap for case in cases if case.gap is not None]
    within = [case for case in cases if any(1 <= day <= 7 for day in case.days(case.last_dose, result="positive"))]
    return {
        "per_case": [_case(case, after) for case in cases],
        "tested_exactly_then": [_number(case.case) for case in cases if after in case.days(case.last_dose)],
        "positive_within_days_1_to_7": [_number(case.case) for case in within],
        "mean_gap_positive_to_d1": sum(gaps) / len(gaps) if gaps else None,
    }


def _days_after(statement: str) -> int:
    """How many days after the last dose a sentence speaks of: "one week after" is 7."""
    found = _SPAN.search(statement)
    assert found, f"no number of days or weeks stands in {statement!r}"
    word, unit = (found[1] or found[4]).lower(), (found[2] or found[3]).lower()
    number = int(word) if word.isdigit() else _WORDS.index(word) if word in _WORDS else 1
    return number * (7 if unit == "week" else 1)


def _case(case: CaseDays, after: int) -> dict[str, Any]:
    days = case.days(case.last_dose)
    return {
        "case": _number(case.case),
        "gap_positive_to_d1": case.gap,
        "last_dose": _day(case.last_dose),
        "retest_due": _day(case.last_dose and case.last_dose + timedelta(days=after)),
        "test_days_after_last_dose": days,
        "tested_that_day": after in days,
        "positive_days_after_last_dose": case.days(case.last_dose, result="positive"),
    }


def _day(day: date | None) -> str | None:
    return f"{day:%m-%d}" if day else None


def _number(case: str) -> int | str:
    return int(case) if case.isdigit() else case


def _cross_source(given: Given, _: VectorFile) -> dict[str, Any]:
    listed = {name: [read_printed(one) for one in given[name]] for name in ("table", "figure")}
    text = {name: must_read(one, name) for name, one in given["text"].items()}
    ends = {"longest": "max", "shortest": "min", "mean": "mean", "median": "median"}
    found: dict[str, Any] = {"cases_that_differ": cases_that_differ(listed["table"], listed["figure"])}
    for name, number in text.items():
        agree = [source for source, cases in listed.items() if agrees(number, derived(cases)[ends[name]])]
        found[f"text_{name}_agrees_with"] = agree
    return found


def _text_vs_table(given: Given, file: VectorFile) -> dict[str, Any]:
    rows = {row.test_code[1]: row for row in _paper(given, file).tables[given["table"]] if row.test_code}
    equal = [code for code, said in given["text"].items() if code in rows and _is_equal(said, rows[code])]
    return {"rows_equal": sorted(equal), "rows_missing_from_text": sorted(set(rows) - set(given["text"]))}


def _is_equal(said: Any, row: PaperRow) -> bool:
    before, after, p = said
    cells = [cell for name in ("before", "after") if (cell := row.cell(name))]
    pairs: list[tuple[Printed | None, Printed | None]] = [(read_p(p), read_p(row.data.p))]
    for texts, cell in zip((before, after), cells, strict=True):
        pairs += [(read_printed(text), number) for text, number in zip(texts, cell.numbers.values(), strict=True)]
    return all(one is not None and other is not None and agrees(one, other) for one, other in pairs)


def _claim_words(given: Given, _: VectorFile) -> dict[str, Any]:
    return {"flagged": [] if given.get("control_group") else flagged_words(given["text"], given["words"])}


def _study_findings(given: Given, file: VectorFile, expected: Mapping[str, Any]) -> None:
    """Every listed finding appears, and no other contradiction does."""
    appraisal = appraise(_paper(given, file))
    wanted = {(level, one["rule"], str(one["row"])) for name, level in LEVELS.items() for one in expected.get(name) or []}
    found = _triples(appraisal)
    unlisted = {one for one in found - wanted if one[0] == "contradiction"}
    assert (wanted - found, unlisted) == (set(), set()), f"missing: {sorted(wanted - found)}; not listed: {sorted(unlisted)}"


def _triples(appraisal: Appraisal) -> set[tuple[str, str, str]]:
    return {(finding.level, finding.rule, finding.row) for finding in appraisal.findings}


METHODS: dict[str, Callable[..., Any]] = {
    "unit_vs_normal": _unit_vs_normal,
    "eligibility_rows": _eligibility,
    "date_statement": _dates,
    "cross_source": _cross_source,
    "cross_source_period": lambda given, _: {"consistent": all_agree(given["periods"])},
    "text_vs_table": _text_vs_table,
    "claim_words": _claim_words,
    "claim_vs_limits": lambda given, _: {"finding": bool(takes_back(given["claim"], given["limit"]))},
}

CHECKS: dict[str, Callable[..., None]] = {"study_findings": _study_findings}

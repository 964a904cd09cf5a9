"""The weight of a subject on a day, from the record: measured, recent enough, predicted or capped as the protocol says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl

from cordside.errors import CannotDo
from cordside.product.cellrows import Cells
from cordside.product.dosing.order import FLAT, PER_KG_PBW
from cordside.product.dosing.weights import capped_weight, is_too_old, kind_words, predicted_weight
from cordside.product.refusals import Refusal
from cordside.protocol.regimen import Dose
from cordside.record.dates import day_of
from cordside.terms.units import standardise


@dataclass(frozen=True, slots=True)
class Measured:
    """A vital sign: its value in the standard unit, the day (None where it is not known), and its row."""

    value: Decimal
    day: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Weight:
    """kg: what a dose is counted by, None where nothing can be; kind: in words; actual: the last weight measured.

    problems: why the dose cannot be counted by it; actual_problems: why the actual weight will not do where a cap per kg asks for it.
    """

    kg: Fraction | None
    kind: str
    actual: Measured | None
    problems: tuple[Refusal, ...] = ()
    actual_problems: tuple[Refusal, ...] = ()


def last_measured(cells: Cells, usubjid: str, testcd: str, today: date) -> Measured | None:
    """The last value of a vital sign up to a day, in its standard unit; one without a day only where none has one."""
    rows = cells.record.frame("VS").filter((pl.col("USUBJID") == usubjid) & (pl.col("VSTESTCD") == testcd) & pl.col("VSSTAT").is_null())
    found = []
    for text, unit, when, source in rows.select("VSORRES", "VSORRESU", "VSDTC", "SOURCE").iter_rows():
        value, day = standardise("VS", testcd, text or "", unit).value, day_of(when or "")
        if value is not None and value > 0 and (day is None or day <= today):
            found.append(((day is not None, when or ""), Measured(value, day, source)))
    return max(found, key=lambda entry: entry[0], default=(None, None))[1]


def weigh(cells: Cells, usubjid: str, rule: str, dose: Dose | None, today: date) -> Weight:
    """The weight that a dose is counted by; dose: the protocol's rules of weight, None where it has none."""
    actual = last_measured(cells, usubjid, "WEIGHT", today)
    days, cap = (dose.weight_age_days, dose.weight_cap_kg) if dose else (None, None)
    aged = tuple(_problems(usubjid, actual, days, today))
    if rule == FLAT:
        return Weight(None, "none: the dose is flat", actual, (), aged)
    if rule == PER_KG_PBW:
        kg, problems = _predicted(cells, usubjid, today)
    else:
        kg, problems = (None if actual is None else Fraction(actual.value)), aged
    if kg is None:
        return Weight(None, "not known", actual, problems, aged)
    used, capped = capped_weight(kg, cap)
    return Weight(used, kind_words(rule, capped, cap), actual, problems, aged)


def _predicted(cells: Cells, usubjid: str, today: date) -> tuple[Fraction | None, tuple[Refusal, ...]]:
    """The predicted weight, or why there is none."""
    height = last_measured(cells, usubjid, "HEIGHT", today)
    who = cells.record.subjects.filter(pl.col("USUBJID") == usubjid).select("SEX", "AGE").rows()
    sex, age = who[0] if who else (None, None)
    try:
        if height is None:
            raise CannotDo("predicted body weight: no height is recorded")
        return predicted_weight(sex or "", height.value, age), ()
    except CannotDo as error:
        why = f"{usubjid}: {str(error).rstrip('.')}"
        return None, (Refusal("no_weight", why, "sex and height of an adult", "enter VS HEIGHT and DM SEX, and ask again"),)


def _problems(usubjid: str, actual: Measured | None, days: int | None, today: date) -> list[Refusal]:
    allowed = "a weight in kg" + ("" if days is None else f" of the last {days} days")
    remedy = "weigh the subject, enter VS WEIGHT with its date, and ask again"
    if actual is None:
        return [Refusal("no_weight", f"{usubjid}: no weight is recorded up to {today}", allowed, remedy)]
    if days is not None and actual.day is None:
        return [Refusal("weight_too_old", f"{usubjid}: the weight of {actual.value} kg ({actual.source}) has no date", allowed, remedy)]
    if actual.day is not None and is_too_old(actual.day, today, days):
        age = (today - actual.day).days
        why = f"{usubjid}: the last weight, {actual.value} kg of {actual.day} ({actual.source}), is {age} days old"
        return [Refusal("weight_too_old", why, allowed, remedy)]
    return []

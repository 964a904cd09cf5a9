"""How the cells were given: route, days, volumes, duration and rate, what else was given, how it went."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

import narwhals as nw

from cordside.product.cellrows import Row
from cordside.product.infused import Infused
from cordside.product.summary.told import Told, listed, number, range_words, share_words
from cordside.results import Result
from cordside.terms.reading import read_result

INFUSION = "Infusion"
_PLACE = ("USUBJID", "SOURCE", "ORIGIN")
_MEDICINE = ("CMTRT", "CMDECOD", "CMDOSE", "CMDOSU", "CMOCCUR", "CMSTAT")
_SIGN = ("VSTPTREF", "VSTPTNUM", "VSSTAT")


def infusion_lines(told: Told) -> Iterator[Result]:
    """Every line of the infusion."""
    infusions = told.infusions
    yield _route(told)
    yield from _counts(told)
    yield from _days(told)
    given = [(one, _ml(one.given_ul)) for one in infusions]
    yield told.spread(INFUSION, "Volume of each infusion", given, "mL", 3)
    yield _volume_in_all(told)
    yield _duration(told)
    yield told.spread(INFUSION, "Rate", [(one, one.rate) for one in infusions], "mL/min", 2)
    yield _premedication(told)
    yield _entered(told, "Anticoagulant", "EXANTIC")
    yield _entered(told, "Filter", "EXFILTER")
    yield _entered(told, "Line", "EXLINE")
    yield told.spread(INFUSION, "Flush", [(one, _fraction(one.row["EXFLUSH"])) for one in infusions], "mL", 3)
    yield _vital_signs(told)
    yield _interruptions(told)
    yield _entered(told, "Stops", "EXSTOPR", otherwise="none recorded")
    yield told.spread(INFUSION, "Rest in bag and line", [(one, _fraction(one.row["EXVREST"])) for one in infusions], "mL", 3)


def _ml(microlitres: int | None) -> Fraction | None:
    return None if microlitres is None else Fraction(microlitres, 1000)


def _fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _route(told: Told) -> Result:
    rows = [one.row for one in told.infusions if one.row["EXROUTE"]]
    planned, keys = told.by_regimen("route", lambda regimen: regimen.route)
    routes = listed(row["EXROUTE"].capitalize() for row in rows)
    return told.line(INFUSION, "Route", routes or (planned and planned.capitalize()), rows, () if rows else keys)


def _counts(told: Told) -> Iterator[Result]:
    by_subject: dict[str, int] = defaultdict(int)
    for one in told.infusions:
        by_subject[one.row["USUBJID"]] += 1
    rows = [one.row for one in told.infusions]
    each = range_words([Fraction(count) for count in by_subject.values()], "each", 1) if by_subject else ""
    text = f"{len(rows)} in {len(by_subject)} subject{'' if len(by_subject) == 1 else 's'}: {each}" if rows else "none recorded"
    yield told.line(INFUSION, "Number of infusions", text, rows, value=len(rows), n=len(rows))
    old = [one.row for one in told.infusions if one.is_historical]
    text = f"{len(old)}: no lot known; rules of lot, release and expiry neither kept nor broken" if old else "none"
    yield told.line(INFUSION, "Historical infusions", text, old or rows, value=len(old), n=len(rows))


def _days(told: Told) -> Iterator[Result]:
    planned, keys = told.by_regimen("days", lambda regimen: regimen.days and ", ".join(f"D{day}" for day in regimen.days))
    yield told.line(INFUSION, "Planned days", planned, keys=keys)
    known = [one for one in told.infusions if one.day is not None]
    by_number: dict[int, list[int]] = defaultdict(list)
    for one in known:
        by_number[one.number].append(one.day or 0)
    words = "; ".join(_day_words(number, days) for number, days in sorted(by_number.items()))
    text = f"{words}; {share_words(len(known), len(told.infusions))}" if known else None
    yield told.line(INFUSION, "Actual days", text, [one.row for one in known], n=len(known), n_missing=len(told.infusions) - len(known))


def _day_words(number: int, days: Sequence[int]) -> str:
    first, last = min(days), max(days)
    span = f"D{first}" if first == last else f"D{first} to D{last}, median D{median(days):g}"
    return f"infusion {number} on {span}"


def _volume_in_all(told: Told) -> Result:
    """mL of all infusions of a subject; known only where it is known of each."""
    by_subject: dict[str, list[Infused]] = defaultdict(list)
    for one in told.infusions:
        by_subject[one.row["USUBJID"]].append(one)
    whole = {subject: own for subject, own in by_subject.items() if all(one.given_ul is not None for one in own)}
    totals = [Fraction(sum(one.given_ul or 0 for one in own), 1000) for own in whole.values()]
    numbers: dict[str, Any] = {"unit": "mL", "n": len(whole), "n_missing": len(by_subject) - len(whole)}
    if not totals:
        return told.line(INFUSION, "Volume in all, per subject", None, **numbers)
    text = f"{range_words(totals, 'mL', 3)}; {len(whole)} of {len(by_subject)} subjects"
    rows = [one.row for own in whole.values() for one in own]
    return told.line(INFUSION, "Volume in all, per subject", text, rows, value=float(median(totals)), **numbers)


def _duration(told: Told) -> Result:
    if any(one.minutes is not None for one in told.infusions):
        return told.spread(INFUSION, "Duration", [(one, one.minutes) for one in told.infusions], "min", 1)
    planned, keys = told.by_regimen("duration_min", lambda regimen: regimen.duration_min and f"{regimen.duration_min:f} min planned")
    return told.line(INFUSION, "Duration", planned, keys=keys)


def _premedication(told: Told) -> Result:
    rows = _part(told, "CM", _MEDICINE, nw.col("CMCAT").str.to_uppercase() == "PREMEDICATION")
    given = [row for row in rows if row["CMOCCUR"] != "N" and row["CMSTAT"] is None]
    words = listed(_medicine(row) for row in given) or ("none given" if any(row["CMOCCUR"] == "N" for row in rows) else None)
    planned, keys = told.by_regimen("premedication", lambda regimen: regimen.premedication and f"{regimen.premedication} planned")
    subjects = len({row["USUBJID"] for row in given})
    text = f"{words}; {subjects} subject{'' if subjects == 1 else 's'}" if given else words
    return told.line(INFUSION, "Premedication", text or planned, rows, () if rows else keys)


def _part(told: Told, code: str, columns: Sequence[str], where: nw.Expr) -> list[Row]:
    """Rows of a domain that a condition keeps, as texts; of very many only these are read."""
    frame = told.cells.record.part(code, [*_PLACE, *columns], where)
    return [Row(row) for row in frame.iter_rows(named=True)]


def _medicine(row: Row) -> str:
    dose = f" {row['CMDOSE']} {row['CMDOSU'] or ''}".rstrip() if row["CMDOSE"] is not None else ""
    return f"{row['CMDECOD'] or row['CMTRT']}{dose}"


def _entered(told: Told, label: str, name: str, otherwise: str | None = None) -> Result:
    """What was entered of each infusion, each word once. otherwise: where infusions were recorded at the bedside but this was not."""
    rows = [one.row for one in told.infusions if one.row[name]]
    words = listed(row[name] for row in rows)
    bedside = [one.row for one in told.infusions if not one.is_historical and one.given_ul is not None]
    text = f"{words}; {share_words(len(rows), len(told.infusions))}" if words else otherwise if bedside else None
    return told.line(INFUSION, label, text, rows or bedside, n=len(rows), n_missing=len(told.infusions) - len(rows))


def _vital_signs(told: Told) -> Result:
    """Infusions with signs before, during and after: VSTPTREF names the infusion, VSTPTNUM the minutes from its start."""
    rows = _part(told, "VS", _SIGN, ~nw.col("VSTPTREF").is_null())
    minutes: dict[str, list[tuple[Decimal, Row]]] = defaultdict(list)
    for row in rows:
        at = read_result(row["VSTPTNUM"] or "").value
        if at is not None and row["VSSTAT"] is None:
            minutes[f"{row['USUBJID']} {row['VSTPTREF']}"].append((at, row))
    signs = [(one, minutes.get(f"{one.row['USUBJID']} {one.row['EXREFID']}", [])) for one in told.infusions]
    seen = [(one, own) for one, own in signs if own]
    if not seen:
        planned, keys = told.by_regimen("observe_at_min", lambda regimen: regimen.observe_at_min and _observed(regimen.observe_at_min))
        return told.line(INFUSION, "Vital signs", planned, keys=keys)
    before = sum(any(at < 0 for at, _ in own) for _, own in seen)
    during = sum(any(at >= 0 and (one.minutes is None or at <= one.minutes) for at, _ in own) for one, own in seen)
    after = sum(one.minutes is not None and any(at > one.minutes for at, _ in own) for one, own in seen)
    text = f"before {before}, during {during}, after {after} of {len(told.infusions)} infusions"
    used = [row for _, own in seen for _, row in own]
    return told.line(INFUSION, "Vital signs", text, used, n=len(seen), n_missing=len(signs) - len(seen))


def _observed(minutes: Sequence[int]) -> str:
    return f"planned at {', '.join(map(str, minutes))} min; not recorded what was measured"


def _interruptions(told: Told) -> Result:
    asked = [one for one in told.infusions if one.row["EXINTRP"]]
    yes = [one for one in asked if one.row["EXINTRP"] == "Y"]
    if not asked:
        return told.line(INFUSION, "Interruptions", None, n=0, n_missing=len(told.infusions))
    minutes = [Fraction(one.row["EXINTMIN"]) for one in yes if one.row["EXINTMIN"] is not None]
    long = f", {range_words(minutes, 'min', 0)}" if minutes else ""
    text = f"{number(len(yes), 0)} of {len(asked)} infusions{long}"
    missing = len(told.infusions) - len(asked)
    return told.line(INFUSION, "Interruptions", text, [one.row for one in asked], value=len(yes), n=len(asked), n_missing=missing)

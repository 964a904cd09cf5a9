"""What was ordered and what was given: rule, count basis, weight, cells, cells per kg, DMSO, endotoxin."""

from collections.abc import Iterator
from fractions import Fraction

from cordside.product.cellrows import Row
from cordside.product.infused import Infused
from cordside.product.refusals import CODES
from cordside.product.summary.deviations import breaches, in_words
from cordside.product.summary.told import Told, listed, share_words
from cordside.results import Result

DOSE = "Dose"
_NO_WEIGHT = "none: the dose is flat"


def dose_lines(told: Told) -> Iterator[Result]:
    """Every line of the dose; what was not counted in cells is told as it was recorded."""
    rule, keys = told.by_regimen("dose", lambda regimen: regimen.dose and regimen.dose.words())
    yield told.line(DOSE, "Rule", rule, keys=keys)
    yield _basis(told)
    yield _weights(told)
    infusions = told.infusions
    yield told.spread(DOSE, "Cells ordered", [(one, one.order["TARGET"]) for one in infusions], "cells", 0)
    yield _recorded(told)
    yield told.spread(DOSE, "Viable cells given", [(one, one.given.viable) for one in infusions], "cells", 0)
    yield told.spread(DOSE, "All cells given", [(one, one.given.total) for one in infusions], "cells", 0)
    yield told.spread(DOSE, "Given of ordered", [(one, given_of_ordered(one)) for one in infusions], "%", 1)
    yield told.spread(DOSE, "Viable cells per kg", [(one, one.per_kg(one.given.viable)) for one in infusions], "cells/kg", 0)
    yield told.spread(DOSE, "All cells per kg", [(one, one.per_kg(one.given.total)) for one in infusions], "cells/kg", 0)
    found = breaches(told, CODES["dose"])
    yield told.line(DOSE, "Deviations of the dose", in_words(found) or ("none entered" if told.orders else None), found)
    yield told.spread(DOSE, "DMSO", [(one, one.dmso_g_per_kg) for one in infusions], "g/kg", 4)
    yield told.spread(DOSE, "Endotoxin, at most", [(one, one.eu_per_kg) for one in infusions], "EU/kg", 4)


def _basis(told: Told) -> Result:
    rows = [row for one in told.infusions for row in (one.order, one.row) if row["CNTBASIS"] or row["EXCNTBAS"]]
    words = listed((row["CNTBASIS"] or row["EXCNTBAS"]).lower() for row in rows)
    keys = [f"{path}.dose.count" for path, _, _ in told.regimens()] or ["regimen"]
    planned = listed(regimen.dose.count for _, _, regimen in told.regimens() if regimen.dose)
    text = "viable or total not stated" if words == "not stated" else words
    return told.line(DOSE, "Count basis", text or planned, rows, () if rows else keys)


def _weights(told: Told) -> Result:
    per_kg = [one for one in told.infusions if (_rule(one) or "flat") != "flat"]
    if not per_kg:
        flat = any(regimen.dose and regimen.dose.rule == "flat" for _, _, regimen in told.regimens())
        keys = [f"{path}.dose.rule" for path, _, _ in told.regimens()] or ["regimen"]
        return told.line(DOSE, "Kind of weight", _NO_WEIGHT if flat else None, keys=keys)
    weighed = [one for one in per_kg if one.weight is not None]
    words = listed(one.weight_kind for one in weighed)
    text = f"{words}; {share_words(len(weighed), len(per_kg))}" if words else None
    return told.line(DOSE, "Kind of weight", text, [one.row for one in weighed], n=len(weighed), n_missing=len(per_kg) - len(weighed))


def _rule(one: Infused) -> str | None:
    rule: str | None = one.order["RULE"] or (one.regimen.dose.rule if one.regimen and one.regimen.dose else None)
    return rule


def _recorded(told: Told) -> Result:
    """Doses as they stand in EX: of a historical infusion all that is known."""
    rows = [one.row for one in told.infusions if dose_words(one.row)]
    words = listed(dose_words(row) for row in rows)
    text = f"{words}; {share_words(len(rows), len(told.infusions))}" if words else None
    return told.line(DOSE, "Dose as recorded", text, rows, n=len(rows), n_missing=len(told.infusions) - len(rows))


def dose_words(row: Row) -> str:
    """The dose of an infusion as collected: 30 × 10^6 cells."""
    dose = row["EXDOSE"] if row["EXDOSE"] is not None else row["EXDOSTXT"]
    if dose is None:
        return ""
    unit = (row["EXDOSU"] or "").replace("Therapeutic Cells", "cells")
    return f"{dose} {'× ' if unit.startswith('10^') else ''}{unit}".strip()


def given_of_ordered(one: Infused) -> Fraction | None:
    """Cells given, on the order's count basis, in percent of those ordered."""
    target, given = one.order["TARGET"], one.given.on(one.order["CNTBASIS"])
    return Fraction(100 * given, target) if target and given is not None else None

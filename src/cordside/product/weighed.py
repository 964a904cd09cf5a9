"""Weights of every subject, read once: the last one up to a day, for many infusions."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache

import narwhals as nw

from cordside.product.cellrows import Cells
from cordside.product.dosing.weighing import Measured
from cordside.record.dates import day_of
from cordside.terms.units import standardise

_Weighed = dict[str, list[tuple[str, Measured]]]


def last_weight(cells: Cells, usubjid: str, today: date) -> Measured | None:
    """The last weight of a subject up to a day, in kg; one without a day only where none has one."""
    weights: _Weighed = cells.once("weights", lambda: _weights(cells))
    own = [entry for entry in weights.get(usubjid, []) if entry[1].day is None or entry[1].day <= today]
    return max(own, key=lambda entry: (entry[1].day is not None, entry[0]), default=(None, None))[1]


def _weights(cells: Cells) -> _Weighed:
    """Only rows of this test are read: vital signs may be many."""
    found: _Weighed = defaultdict(list)
    read = _reader()
    rows = cells.record.part("VS", ["USUBJID", "VSORRES", "VSORRESU", "VSDTC", "VSSTAT", "SOURCE"], nw.col("VSTESTCD") == "WEIGHT")
    for subject, text, unit, when, status, source in rows.iter_rows():
        value = None if status else read(text or "", unit)
        if value is not None and value > 0:
            found[subject].append((when or "", Measured(value, day_of(when or ""), source)))
    return found


def _reader() -> Callable[[str, str | None], Decimal | None]:
    @lru_cache(maxsize=10_000)
    def read(text: str, unit: str | None) -> Decimal | None:
        return standardise("VS", "WEIGHT", text, unit).value

    return read

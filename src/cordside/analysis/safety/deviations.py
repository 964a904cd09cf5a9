"""Protocol deviations, recorded and found."""

from typing import Any

from cordside.analysis.rows import Row, capital, grouped, named, nothing, proof, subjects_of
from cordside.protocol.plans.safety import Deviations
from cordside.record.record import Record
from cordside.results import Result

_OF_NOBODY = {"group": "product", "group_level": "The product"}
"""A breach about cells that no subject has received."""


def summarise(record: Record, planned: Deviations) -> list[Result]:
    """Their number, then one row each, subject by subject and by date."""
    rows = list(record.frame("DV").iter_rows(named=True))
    if not rows:
        return nothing(planned, "no deviation is recorded and none was found in the infusions")
    everybody, own = subjects_of(record, planned.subject), grouped(sorted(rows, key=_date))
    count = Result(
        **named(planned), variable="DV", label="Deviations", statistic="n", value=len(rows), text=str(len(rows)), n=len(rows), **proof(rows)
    )
    told = [_deviation(planned, subject.columns, row) for subject in everybody for row in own.get(subject.id, [])]
    return [count, *told, *(_deviation(planned, _OF_NOBODY, row) for row in rows if row["USUBJID"] is None)]


def _date(row: Row) -> str:
    return row["DVSTDTC"] or row["DVDTC"] or ""


def _deviation(planned: Deviations, subject: dict[str, Any], row: Row) -> Result:
    words = capital(row["DVTERM"] or row["DVDECOD"] or "deviation not described")
    return Result(
        **named(planned),
        **subject,
        variable=f"DV.{row['DVDECOD'] or ''}".rstrip("."),
        label=words,
        level=row["DVCAT"] or "",
        visit=_date(row),
        statistic="value",
        text=words,
        n=1,
        **proof([row]),
    )

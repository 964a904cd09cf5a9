"""The laboratory's range of normal beside a result.

A range belongs to a laboratory, a method and a date, so it is copied onto the row and a later change of the
laboratory's list does not touch it.
"""

from decimal import Decimal

from cordside.domains.classes import Finding
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import number, text


class NormalRange(Finding):
    """Findings that a laboratory reports with its range of normal."""

    ORNRLO = Var(number, "Normal Range Lower Limit, as Collected")
    ORNRHI = Var(number, "Normal Range Upper Limit, as Collected")
    STNRLO = Var(number, "Normal Range Lower Limit, Standard", derived=True)
    STNRHI = Var(number, "Normal Range Upper Limit, Standard", derived=True)
    NRSRC = Var(text, "Source of the Normal Range", derived=True, sponsor=True)
    NRIND = Var(text, "Reference Range Indicator", codelist="NRIND", derived=True)

    @rule("The lower limit of normal is above the upper limit")
    def limits_in_order(ORNRLO: Decimal | None, ORNRHI: Decimal | None) -> bool:
        return ORNRLO is None or ORNRHI is None or ORNRLO <= ORNRHI

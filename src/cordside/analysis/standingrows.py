"""Names of the analyses that every study has, planned or not."""

from typing import Any

from cordside.results import Result


def standing(name: str) -> dict[str, Any]:
    """The columns of a result row that name a standing analysis."""
    return {"analysis": name, "table": name}


def none_of(name: str, why: str) -> list[Result]:
    """The one row of a standing analysis for which the record holds nothing."""
    return [Result(**standing(name), statistic="n", value=0, text="0", n=0, error=why)]

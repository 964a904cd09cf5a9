"""Outcomes of a group summed up: shares with their interval, numbers, levels, waiting times; the unknown counted beside each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from cordside.analysis.conventions import quantile
from cordside.analysis.courses.curves import curves_of
from cordside.analysis.courses.freedays import DIED
from cordside.analysis.courses.outcome import Outcome, notes_of, reasons
from cordside.analysis.courses.scaledays import printed_score
from cordside.analysis.courses.time_to_event import median
from cordside.analysis.courses.timed import CENSORED, EVENT, Timed, Waiting, left_out
from cordside.analysis.courses.timed import notes_of as notes_of_times
from cordside.analysis.percents import percent_text
from cordside.analysis.rows import ABSENT, joined, proof
from cordside.analysis.statistics.proportions import proportion
from cordside.analysis.summaries import moments
from cordside.analysis.tally import Table
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import Number, rounded

NO_VALUE = "no value is known"
_SHOWN = {"mean_sd": ("mean", "sd"), "median_iqr": ("median", "q1", "q3"), "median_range": ("median", "min", "max")}
_QUANTILES = {"q1": Fraction(1, 4), "median": Fraction(1, 2), "q3": Fraction(3, 4)}


@dataclass(frozen=True, slots=True)
class Part:
    """One planned row in one group: the columns that its results share, and the record for its conventions."""

    record: Record
    columns: dict[str, Any]

    def of(self, outcomes: Sequence[Outcome]) -> tuple[list[Outcome], dict[str, Any]]:
        """The known outcomes, and the columns with their counts, unknowns and sources."""
        known = [outcome for outcome in outcomes if outcome.value is not None]
        rows = proof(row for outcome in known for row in outcome.rows)
        return known, {**self.columns, "n": len(known), "n_missing": len(outcomes) - len(known), **rows}

    def percent_decimals(self, total: int) -> int:
        """Decimals of a percentage of so many."""
        return self.record.protocol.conventions.printing.percent_decimals(total)

    @property
    def policy(self) -> str:
        """How numbers are rounded."""
        return self.record.protocol.conventions.rounding


def size(part: Part, outcomes: Sequence[Outcome]) -> Iterator[Result]:
    """`n`: those known, with the reasons of the unknown."""
    known, columns = part.of(outcomes)
    warning = joined([reasons(outcomes), *(note for note in notes_of(outcomes) if not note.startswith(DIED))])
    error = "" if known else NO_VALUE
    yield Result(**columns, statistic="n", value=len(known), text=str(len(known)), warning=warning, error=error)


def share(part: Part, outcomes: Sequence[Outcome], interval: str) -> Iterator[Result]:
    """`n`, then `count`, `percent`, `conf_low` and `conf_high` of those with the outcome, among those known."""
    yield from size(part, outcomes)
    known, columns = part.of(outcomes)
    yes = [outcome for outcome in known if outcome.value == 1]
    found = {**columns, **proof(row for outcome in yes for row in outcome.rows)} if yes else columns
    answer = proportion(len(yes), len(known), interval=interval)
    shared = {**found, "method": answer.method, "convention": answer.convention, "error": "" if known else NO_VALUE}
    decimals = part.percent_decimals(len(known))
    yield Result(**shared, statistic="count", value=len(yes) if known else None, text=str(len(yes)) if known else ABSENT)
    exact = percent_text(len(yes), len(known), decimals, part.policy)
    yield Result(**shared, statistic="percent", value=None if answer.estimate is None else 100 * answer.estimate, text=exact, unit="%")
    for statistic, limit in {"conf_low": answer.low, "conf_high": answer.high}.items():
        text = ABSENT if limit is None else rounded(100 * limit, decimals, part.policy)
        yield Result(**shared, statistic=statistic, value=None if limit is None else 100 * limit, text=text, unit="%")


def numbers(part: Part, outcomes: Sequence[Outcome], show: str, unit: str, method: str = "") -> Iterator[Result]:
    """`n`, then the statistics of the known values that the plan shows."""
    yield from size(part, outcomes)
    known, columns = part.of(outcomes)
    table: Table = sorted(Counter(outcome.value for outcome in known if outcome.value is not None).items())
    summary = moments(table)
    quantiles = part.record.protocol.conventions.quantiles
    for name in _SHOWN[show]:
        simple: dict[str, Number | None] = {"mean": summary.mean, "sd": summary.sd, "min": summary.low, "max": summary.high}
        number = quantile(table, _QUANTILES[name], quantiles) if name in _QUANTILES else simple[name]
        yield Result(
            **columns,
            statistic=name,
            value=None if number is None else float(number),
            text=_printed(number, name, part.policy),
            unit=unit,
            method=method,
            convention=quantiles if name in _QUANTILES else "",
            warning="one value has no spread" if number is None and known else "",
            error="" if known else NO_VALUE,
        )


def _printed(number: Number | None, name: str, policy: str) -> str:
    if number is None:
        return ABSENT
    return rounded(number, 0 if name not in ("mean", "sd") and number == int(number) else 1, policy)


def zeros(part: Part, outcomes: Sequence[Outcome]) -> Iterator[Result]:
    """`count` of those among the known who died by the day."""
    known, columns = part.of(outcomes)
    died = [outcome for outcome in known if DIED in outcome.notes]
    found = {**columns, **(proof(row for outcome in died for row in outcome.rows) if died else {})}
    yield Result(**found, level="died", statistic="count", value=len(died), text=str(len(died)))


def levels(part: Part, outcomes: Sequence[Outcome], every: Sequence[Number]) -> Iterator[Result]:
    """`n`, then `count` and `percent` of each score that anybody has."""
    yield from size(part, outcomes)
    known, columns = part.of(outcomes)
    decimals = part.percent_decimals(len(known))
    for score in every:
        own = [outcome for outcome in known if outcome.value == score]
        shared = {**columns, "level": printed_score(float(score)), "error": "" if known else NO_VALUE}
        shared |= proof(row for outcome in own for row in outcome.rows) if own else {}
        value = 100 * len(own) / len(known) if known else None
        yield Result(**shared, statistic="count", value=len(own) if known else None, text=str(len(own)) if known else ABSENT)
        yield Result(**shared, statistic="percent", value=value, text=percent_text(len(own), len(known), decimals, part.policy), unit="%")


def waited(part: Part, waiting: Waiting, timed: Sequence[Timed]) -> Iterator[Result]:
    """`n`, `count` of those who reached it, died first or were censored, and the `median` by cumulative incidence."""
    used = [entry for entry in timed if entry.days is not None]
    columns = {**part.columns, "n": len(used), "n_missing": len(timed) - len(used), **proof(row for entry in used for row in entry.rows)}
    warning = joined([left_out(timed).replace("left out:", "unknown:"), *notes_of_times(used)])
    yield Result(**columns, statistic="n", value=len(used), text=str(len(used)), warning=warning, error="" if used else NO_VALUE)
    for status, level in {EVENT: "reached", 2: "died first", CENSORED: "censored"}.items():
        own = [entry for entry in used if entry.status == status]
        shared = {**columns, "level": level, **(proof(row for entry in own for row in entry.rows) if own else {})}
        yield Result(**shared, statistic="count", value=len(own), text=str(len(own)))
    for row in median(part.record, curves_of(waiting, timed), columns):
        yield replace(row, label=columns["label"])


def verdicts(part: Part, found: Sequence[tuple[str, Outcome]], every: Sequence[str]) -> Iterator[Result]:
    """`count` of each verdict on a criterion, among those discharged."""
    outcomes = [outcome for _, outcome in found]
    _, columns = part.of(outcomes)
    for verdict in every:
        count = sum(own == verdict for own, _ in found)
        yield Result(**columns, level=verdict, statistic="count", value=count, text=str(count))

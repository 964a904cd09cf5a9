"""Criteria as planned: inclusion, exclusion and what is asked before each infusion, with their parts."""

from collections.abc import Iterator

from cordside.protocol.eligibility import Condition, Criterion
from cordside.protocol.protocol import Protocol
from cordside.report.itemlabels import condition_words
from cordside.report.layouts.glance import NOT_PUBLISHED
from cordside.report.tables import Cell, Column, Row, Table

_GROUPS = {"all": "all of these", "any": "at least one of these", "none": "none of these"}


def draw_criteria(protocol: Protocol) -> Table:
    """The criteria in words and how each is judged."""
    population = protocol.population
    lists = {
        "Inclusion": population.inclusion if population else None,
        "Exclusion": population.exclusion if population else None,
        "Before each infusion": protocol.before_each_infusion,
    }
    columns = (Column("", "Criterion"), Column("judged", "Judged by"))
    rows = [row for name, criteria in lists.items() for row in _list(name, criteria)]
    return Table("criteria", "Table P4", "Criteria", columns, tuple(rows))


def _list(name: str, criteria: list[Criterion] | None) -> Iterator[Row]:
    yield Row(name, section=True)
    if not criteria:
        yield Row(f"{name}: none", (Cell(NOT_PUBLISHED if criteria is None else "none planned"),), "–", indent=1)
    for criterion in criteria or []:
        yield from _criterion(criterion, f"{name}: {criterion.id}", 1)


def _criterion(condition: Condition, key: str, indent: int) -> Iterator[Row]:
    group = next((words for name, words in _GROUPS.items() if getattr(condition, name) is not None), "")
    judged = group or judged_by(condition)
    yield Row(key, (Cell(judged),), condition_words(condition), indent=min(indent, 3))
    for number, part in enumerate(condition.parts(), 1):
        yield from _criterion(part, f"{key}.{number}", indent + 1)


def judged_by(condition: Condition) -> str:
    """The comparison behind a criterion, without its own text."""
    bare = condition.model_copy(update={"text": None})
    when = [f"at {condition.visit}"] if condition.visit else []
    when += [f"study days {condition.within[0]} to {condition.within[1]}"] if condition.within else []
    return ", ".join([condition_words(bare), *when, *([f"{condition.take} value"] if condition.take != "last" else [])])

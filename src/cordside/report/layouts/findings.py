"""Findings of an appraisal as tables, and beside them what holds, what could not be checked, and what each rule asks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cordside.report.appraised import Appraised
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Checked, Finding

_WORD = re.compile(r"[a-z]+,? |table\d+ ")


def draw_findings(findings: Sequence[Finding], first: int) -> tuple[Row, ...]:
    """A row a finding, numbered from first: its place, what is printed, what is expected, the arithmetic and what to ask."""
    return tuple(_finding(finding, number) for number, finding in enumerate(findings, first))


FINDINGS = (
    Column("finding", "Finding"),
    Column("printed", "Printed"),
    Column("expected", "Expected"),
    Column("why", "Why, and what to ask"),
)


def _finding(finding: Finding, number: int) -> Row:
    where = [finding.where] if finding.where != finding.row else []
    place = "\n".join([f"{number}. {finding.row}", *where, finding.rule])
    cells = (Cell(_printed(finding)), Cell(finding.expected), Cell(sentence(finding.why)))
    return Row(str(number), cells, place, begins=number > 1)


def _printed(finding: Finding) -> str:
    """The quote, and below it what was read from it where neither the quote nor the arithmetic beside it says that."""
    if not finding.quote:
        return finding.printed
    said = finding.printed in finding.quote or finding.printed in finding.why
    return f"“{finding.quote}”" + ("" if said else f"\n{finding.printed}")


def sentence(words: str) -> str:
    """The words with a capital at their beginning, unless they begin with a name of the file, such as `before.median:`."""
    return words[:1].upper() + words[1:] if _WORD.match(words) else words


def draw_checked(id: str, number: str, title: str, checked: Sequence[Checked], appraised: Appraised, **words: str) -> Table:
    """Checks under the name of their rule with their number; those that say the same are one row. words: heading, note, empty."""
    columns = (Column("where", "Place"), Column("why", words["heading"]))
    rows = tuple(_checked_rows(_by_rule(checked, appraised)))
    return Table(id, number, title, columns, rows, (words["note"],), empty="" if rows else words["empty"], prose=True)


def _by_rule(checked: Iterable[Checked], appraised: Appraised) -> list[Checked]:
    order = {rule: at for at, rule in enumerate(appraised.rules)}
    return sorted(checked, key=lambda one: (order.get(one.rule, len(order)), one.rule))


def _checked_rows(checked: Iterable[Checked]) -> Iterator[Row]:
    for rule, found in groupby(checked, key=lambda one: one.rule):
        own = list(found)
        yield Row(rule, label=f"{rule} ({len(own)})", section=True)
        places: dict[str, list[str]] = {}
        for one in own:
            places.setdefault(one.why, []).append(_place(one))
        for why, where in places.items():
            yield Row(f"{rule}: {why}", (Cell(why),), "; ".join(where))


def _place(one: Checked) -> str:
    """The path, and the row's name where the path does not hold it."""
    return one.where if one.row in one.where else f"{one.row} ({one.where})"


RULES = (
    Column("rule", "Rule"),
    Column("asks", "What it asks"),
    Column("findings", "Findings", "right"),
    Column("passed", "Passed", "right"),
    Column("not_checked", "Not checked", "right"),
)


def draw_rules(appraised: Appraised) -> tuple[Row, ...]:
    """A row a rule: what it asks, and how often it found something, found it right, or could not check it."""
    return tuple(
        Row(rule, (Cell(asks), *(Cell(_count(rule, said)) for said in (appraised.findings, appraised.passed, appraised.not_checked))))
        for rule, asks in appraised.rules.items()
    )


def _count(rule: str, said: Sequence[Finding] | Sequence[Checked]) -> str:
    return str(sum(one.rule == rule for one in said) or "")

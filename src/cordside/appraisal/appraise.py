"""A published paper → findings, what was found right, what could not be checked: in the order of the file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.rules import rebuild
from cordside.appraisal.rules.all import RULES, Rule
from cordside.appraisal.verdict import CONTRADICTION, Verdicts
from cordside.results import Checked, Finding

Item = TypeVar("Item")


@dataclass(frozen=True)
class Appraisal:
    """What the rules say of a paper: findings, and beside them what was checked and holds, and what could not be checked and why."""

    study: str
    file: str
    findings: tuple[Finding, ...]
    passed: tuple[Checked, ...]
    not_checked: tuple[Checked, ...]

    def of_level(self, level: str) -> list[Finding]:
        """The findings of one level, in their order."""
        return [finding for finding in self.findings if finding.level == level]

    @property
    def contradicts(self) -> bool:
        """Whether two printed things cannot both be true."""
        return bool(self.of_level(CONTRADICTION))

    def as_dict(self) -> dict[str, Any]:
        """The lists as JSON objects."""
        return {
            "findings": [asdict(finding) for finding in self.findings],
            "passed": [asdict(checked) for checked in self.passed],
            "not_checked": [asdict(checked) for checked in self.not_checked],
        }


def appraise(paper: Paper, rules: Sequence[Rule] = RULES) -> Appraisal:
    """Judge a paper by every rule; each row of each table then stands in at least one of the three lists."""
    said = [rule.judge(paper) for rule in rules]
    _say_once(said)
    findings = _in_order(finding for one in said for finding in one.findings)
    passed = _in_order(checked for one in said for checked in one.passed)
    open_ = [checked for one in said for checked in one.not_checked]
    seen = {finding.where for finding in findings} | {checked.where for checked in passed} | {checked.where for _, checked in open_}
    open_ += [(row.spot.line, _untouched(row)) for row in _unseen(paper, seen)]
    return Appraisal(paper.study, paper.file, tuple(findings), tuple(passed), tuple(_in_order(open_)))


def _say_once(said: Sequence[Verdicts]) -> None:
    """A row that a bound refuses is not refused once more because it cannot be rebuilt."""
    refused = (finding for one in said for _, finding in one.findings if finding.level == CONTRADICTION)
    by_row = {finding.row: finding.rule for finding in refused if finding.rule in rebuild.REFUSED_BY}
    for one in said:
        again = [(line, finding) for line, finding in one.findings if finding.rule == rebuild.ID and finding.row in by_row]
        one.findings = [pair for pair in one.findings if pair not in again]
        for line, finding in again:
            why = f"the row is impossible already: see {by_row[finding.row]}"
            one.not_checked.append((line, Checked(rebuild.ID, finding.row, finding.where, why)))


def _in_order(items: Iterable[tuple[int, Item]]) -> list[Item]:
    """The items in the order of their lines; those of one line in the order of the rules, each once."""
    return list(dict.fromkeys(item for _, item in sorted(items, key=lambda pair: pair[0])))


def _unseen(paper: Paper, seen: set[str]) -> Iterator[PaperRow]:
    for row in paper.rows:
        places = {row.spot.where, *(cell.spot.where for cell in row.cells)}
        if not places & seen:
            yield row


def _untouched(row: PaperRow) -> Checked:
    """A row of which no rule can say anything: a heading, or numbers of a kind that nothing bounds."""
    why = "a heading or name without a value" if not row.cells else "no rule applies to what is printed here"
    return Checked("count-in-n", row.spot.row, row.spot.where, why)

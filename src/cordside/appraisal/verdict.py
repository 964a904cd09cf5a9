"""How a rule speaks: findings with their level, what was found right, what could not be checked and why."""

from cordside.appraisal.paper import Paper, Spot
from cordside.results import LEVELS, Checked, Finding

CONTRADICTION, DEFECT, NOTE = LEVELS


class Verdicts:
    """What one rule says of one paper, each with its line in the file."""

    def __init__(self, paper: Paper, rule: str) -> None:
        self._paper, self._rule = paper, rule
        self.findings: list[tuple[int, Finding]] = []
        self.passed: list[tuple[int, Checked]] = []
        self.not_checked: list[tuple[int, Checked]] = []

    def found(self, level: str, spot: Spot, why: str, *, printed: str = "", expected: str = "", quote: str = "") -> None:
        """A finding. why: the arithmetic and a sentence that a reader can send to an editor."""
        finding = Finding(
            study=self._paper.study,
            file=self._paper.file,
            rule=self._rule,
            level=level,
            row=spot.row,
            where=spot.where,
            printed=printed,
            expected=expected,
            quote=quote,
            why=why,
        )
        self.findings.append((spot.line, finding))

    def right(self, spot: Spot, why: str) -> None:
        """What was checked and holds."""
        self.passed.append((spot.line, Checked(self._rule, spot.row, spot.where, why)))

    def open(self, spot: Spot, why: str) -> None:
        """What could not be checked."""
        self.not_checked.append((spot.line, Checked(self._rule, spot.row, spot.where, why)))

"""Published pages drawn in a few lines of YAML, and what one rule says of them."""

from dataclasses import dataclass

from cordside.appraisal.paper import Paper
from cordside.appraisal.read import parse_paper
from cordside.appraisal.rules.all import RULES
from cordside.results import Finding

BY_ID = {rule.id: rule for rule in RULES}


@dataclass(frozen=True)
class Said:
    """What a rule says: (level, row) of its findings, rows it found right, rows it could not check; and the findings themselves."""

    findings: list[tuple[str, str]]
    passed: list[str]
    not_checked: list[str]
    whole: list[Finding]

    @property
    def why(self) -> str:
        """The reasons of all findings."""
        return " ".join(finding.why for finding in self.whole)


def a_paper(parts: str, n: int = 31) -> Paper:
    """The paper of some parts of the form, written as YAML."""
    return parse_paper(f"study: T\nn: {n}\n{parts}\n")


def said(rule: str, parts: str, n: int = 31) -> Said:
    """What one rule says of a page."""
    verdicts = BY_ID[rule].judge(a_paper(parts, n))
    findings = [finding for _, finding in verdicts.findings]
    assert all(finding.rule == rule and finding.level in BY_ID[rule].levels for finding in findings)
    assert all(finding.why and finding.printed and finding.expected for finding in findings)
    return Said(
        [(finding.level, finding.row) for finding in findings],
        [checked.row for _, checked in verdicts.passed],
        [checked.row for _, checked in verdicts.not_checked],
        findings,
    )


def row(keys: str) -> str:
    """A page of one row named Row."""
    return f"table1:\n  - {{row: Row, {keys}}}"


BROKEN, LACKING, REMARK = [("contradiction", "Row")], [("defect", "Row")], [("note", "Row")]

"""All that the page of an appraisal is drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cordside.results import Checked, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraised:
    """What the rules say of one published summary, and where it comes from.

    study, file: their names; digest: SHA-256 of the file's bytes; rules: what each rule asks, by its id, in the order of printing.
    """

    study: str
    file: str
    digest: str
    findings: Sequence[Finding]
    passed: Sequence[Checked] = ()
    not_checked: Sequence[Checked] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    software: str = ""

    def of_level(self, level: str) -> list[Finding]:
        """The findings of one level, in their order."""
        return [finding for finding in self.findings if finding.level == level]

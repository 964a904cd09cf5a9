"""All that a report is drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cordside.errors import Problem
from cordside.protocol.protocol import Protocol
from cordside.results import ORIGINS, Result, origins_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a report comes from: the study, the cut's digest, the data's last date, origins, software, counts and queries."""

    study: str
    digest: str
    as_of: date | None = None
    origins: tuple[str, ...] = ()
    software: str = ""
    protocol_digest: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a report is drawn from. images: bytes of picture files by the name that the result rows cite."""

    protocol: Protocol
    results: Sequence[Result]
    provenance: Provenance
    images: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins of the study's rows, nearest to a patient first, whether or not a result draws them."""
        found = {*origins_of(self.results), *self.provenance.origins}
        return tuple(origin for origin in ORIGINS if origin in found)

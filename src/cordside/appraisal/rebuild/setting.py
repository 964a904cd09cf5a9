"""What a rebuild is made with: the paper, the seed, the definition of quartiles, and the protocol where one is given."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cordside.appraisal.paper import Paper
from cordside.appraisal.rebuild.seeds import generator

if TYPE_CHECKING:
    # Loading the protocol takes longer than a rebuild, and most are made without one.
    from cordside.protocol.protocol import Protocol
    from cordside.protocol.regimen import Regimen

BEFORE, AFTER = "BEFORE", "AFTER"
WATERMARK = "Rebuilt from published summaries: no patient stands behind any row."


@dataclass
class Setting:
    """One rebuild; `assumptions` gathers what was taken beyond the printed numbers, in the order in which it was needed."""

    paper: Paper
    seed: int
    definition: str
    protocol: "Protocol | None" = None
    assumptions: list[str] = field(default_factory=list)

    @cached_property
    def study(self) -> str:
        """The study's code: the protocol's, else the paper's in letters that a code may have."""
        if self.protocol:
            return self.protocol.study
        return re.sub(r"[^A-Za-z0-9_.-]+", "-", self.paper.study).strip("-_.")[:64] or "study"

    @property
    def n(self) -> int:
        """How many patients."""
        return self.paper.n

    def usubjid(self, patient: int) -> str:
        """USUBJID of a patient, who are numbered from 0."""
        return f"{self.study}-{patient + 1}"

    @cached_property
    def armcd(self) -> str | None:
        """The code of the one arm."""
        arms = list((self.protocol.arms or {}) if self.protocol else [])
        return arms[0] if len(arms) == 1 else "CELLS" if self.protocol is None else None

    @cached_property
    def siteid(self) -> str | None:
        """The code of the one site."""
        sites = list((self.protocol.sites or {}) if self.protocol else [])
        return sites[0] if len(sites) == 1 else "SITE" if self.protocol is None else None

    @property
    def regimen(self) -> "Regimen | None":
        """The regimen of the protocol that was given."""
        return self.protocol.regimen_of(self.armcd) if self.protocol else None

    def rng(self, row: str) -> np.random.Generator:
        """The generator of a row."""
        return generator(self.paper.study, row, self.definition, self.seed)

    def assume(self, words: str) -> None:
        """Note an assumption, once."""
        if words not in self.assumptions:
            self.assumptions.append(words)

"""Invariant 15: blinded roles see no field that reveals the arm, and labels read the same whatever is in the container."""

from collections.abc import Iterable, Mapping

import polars as pl

from cordside.domains.domain import Domain


def visible(domain: type[Domain]) -> list[str]:
    """Variables that a blinded role may see, in the order of the domain."""
    return [name for name, var in domain.variables.items() if not var.reveals_arm]


def blinded(domain: type[Domain], frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of a domain without what reveals the arm; columns that the domain does not declare are left out too."""
    return frame.select(name for name in visible(domain) if name in frame.columns)


def differing_lines(labels: Mapping[str, Iterable[str]]) -> list[str]:
    """Lines of container labels, by arm, that are not on the label of every arm: each of them would reveal it."""
    lines = {arm: list(text) for arm, text in labels.items()}
    every = [line for found in lines.values() for line in found]
    return [line for line in dict.fromkeys(every) if not all(line in found for found in lines.values())]

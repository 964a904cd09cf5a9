"""What every group of lines is made with, and the lines themselves: "not recorded" and "not published" are never left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from cordside.product.cellrows import Cells, Row
from cordside.product.infused import Infused
from cordside.product.numbers import as_decimal, plain
from cordside.protocol.part import NOT_PUBLISHED_WORDS, Part
from cordside.protocol.protocol import Protocol
from cordside.protocol.regimen import Regimen
from cordside.results import ORIGINS, Result
from cordside.words import rounded

LINES = "product"
NOT_RECORDED = "not recorded"
_MOST_SOURCES = 200


@dataclass(frozen=True)
class Told:
    """A study's cells at a time, its infusions, and the lots that the report tells of: those used, else every product lot."""

    cells: Cells
    at: datetime
    infusions: tuple[Infused, ...]
    lots: tuple[str, ...]

    @property
    def orders(self) -> bool:
        """Whether any infusion has a recorded order, so that a breach of it would have been seen."""
        return any(one.order for one in self.infusions)

    @property
    def protocol(self) -> Protocol:
        """The study as planned."""
        return self.cells.protocol

    def line(self, group: str, label: str, text: str | None, rows: Iterable[Row] = (), keys: Sequence[str] = (), **numbers: Any) -> Result:
        """One line of the section.

        text: None or empty where nothing is known: then "not published" where the protocol says so of one of the keys, else "not
        recorded". rows: those that the text rests on; keys: of the protocol, as `product.tissue`. numbers: value, unit, n, n_missing, ...
        """
        used = list(rows)
        place = proof_of(used) if used else self._looked_at(keys)
        absent = NOT_PUBLISHED_WORDS if any(is_unpublished(self.protocol, key) for key in keys) else NOT_RECORDED
        key = f"{group}: {label}"
        return Result(
            **(named(LINES) | place | numbers), variable=key, level=group, label=label, statistic="value", text=text or absent
        )

    def _looked_at(self, keys: Sequence[str]) -> dict[str, Any]:
        """Where an answer of no row comes from: the protocol's keys, else the infusions of which nobody recorded it."""
        rows = [] if keys else [infusion.row for infusion in self.infusions]
        if rows:
            return proof_of(rows)
        return {"source": tuple(f"protocol.yaml:{key}" for key in keys or ("product",)), "origin": self.protocol.origin}

    def regimens(self) -> list[tuple[str, str, Regimen]]:
        """Path, label (empty where there is one) and regimen of every arm that has its own, the study's first."""
        arms = {code: arm for code, arm in (self.protocol.arms or {}).items() if arm.treated and arm.regimen is not None}
        own = [(f"arms.{code}.regimen", arm.label, arm.regimen) for code, arm in arms.items() if arm.regimen is not None]
        shared = [("regimen", "", self.protocol.regimen)] if self.protocol.regimen is not None else []
        found = [*shared, *own]
        return found if len(found) > 1 else [(path, "", regimen) for path, _, regimen in found]

    def by_regimen(self, key: str, words: Any) -> tuple[str | None, list[str]]:
        """What the regimens say, joined with their arms' labels, and the keys; words: of a regimen, None where it says nothing."""
        keys = [f"{path}.{key}" for path, _, _ in self.regimens()] or ["regimen"]
        said = [(label, text) for _, label, regimen in self.regimens() if (text := words(regimen))]
        return "; ".join(f"{label}: {text}" if label else text for label, text in said) or None, keys

    def spread(self, group: str, label: str, found: Sequence[tuple[Infused, Fraction | int | None]], unit: str, places: int) -> Result:
        """A line of one number an infusion: median and range, and of how many infusions it is known; it rests on all their rows."""
        known = [(one, Fraction(value)) for one, value in found if value is not None]
        columns: dict[str, Any] = {"n": len(known), "n_missing": len(found) - len(known), "unit": unit}
        if not known:
            return self.line(group, label, None, **columns)
        middle = median(value for _, value in known)
        text = f"{range_words([value for _, value in known], unit, places)}; {share_words(len(known), len(found))}"
        source = _few(source for one, _ in known for source in one.sources)
        return self.line(group, label, text, [one.row for one, _ in known], value=float(middle), source=source, **columns)


def named(analysis: str) -> dict[str, Any]:
    """The columns of a result row that name an analysis of this room."""
    return {"analysis": analysis, "table": analysis}


def proof_of(rows: Iterable[Row]) -> dict[str, Any]:
    """`source` and `origin` of what rests on these rows; of very many only the files are named."""
    used = list(rows)
    found = {row["ORIGIN"] for row in used}
    places = _few(row["SOURCE"] for row in used if row["SOURCE"])
    return {"source": places, "origin": ", ".join(origin for origin in ORIGINS if origin in found)}


def _few(sources: Iterable[str]) -> tuple[str, ...]:
    places = tuple(dict.fromkeys(sources))
    return places if len(places) <= _MOST_SOURCES else tuple(dict.fromkeys(place.rpartition(":")[0] for place in places))


def is_unpublished(protocol: Protocol, key: str) -> bool:
    """Whether the protocol says of a key, or of a part that it stands in, that it was not published."""
    part: Any = protocol
    for name in key.split("."):
        if isinstance(part, Part):
            if not part.is_published(name):
                return True
            part = getattr(part, name, None)
        else:
            part = part.get(name) if isinstance(part, dict) else None
    return False


def range_words(values: Sequence[Fraction], unit: str, places: int) -> str:
    """Numbers in few words: 60 min; median 70, range 60 to 95 min."""
    shown = [number(value, places) for value in (min(values), median(values), max(values))]
    words = shown[0] if len(set(shown)) == 1 else f"median {shown[1]}, range {shown[0]} to {shown[2]}"
    return f"{words} {unit}".strip()


def share_words(known: int, all_: int) -> str:
    """Of how many infusions something is known."""
    many = f"{all_} infusion{'' if all_ == 1 else 's'}"
    return f"all {many}" if known == all_ > 1 else many if known == all_ else f"{known} of {many}"


def number(value: Fraction | Decimal | int, places: int) -> str:
    """A number rounded to so many places, without needless zeros; large ones with commas."""
    if value >= 10_000 or value <= -10_000:
        return f"{Decimal(rounded(value, 0)):,.0f}"
    return plain(as_decimal(Fraction(value), places))


def listed(words: Iterable[str | None]) -> str | None:
    """Each word once, in the order of first coming; None where there is none."""
    return "; ".join(dict.fromkeys(word for word in words if word)) or None

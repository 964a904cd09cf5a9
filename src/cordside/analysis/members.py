"""Who a table is about: one row a subject with its group, from the record or from an analysis dataset."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from cordside.analysis.rows import TOTAL, subjects_of
from cordside.protocol.plans.data import Selection
from cordside.record.record import Record
from cordside.results import ORIGINS

GROUP, PLACE = "_GROUP", "_PLACE"
"""Columns beside those of the data: the arm's label; where the row stands, as `file:row`, or its number in `file`."""
MOST_SOURCES = 200


@dataclass(frozen=True)
class Members:
    """Subjects of a table, groups in the protocol's order, and where their rows came from.

    frame: USUBJID, GROUP, PLACE, ORIGIN, and every variable of the dataset where one is used; file: the dataset's, else empty.
    """

    frame: pl.DataFrame
    arms: tuple[str, ...]
    total: bool
    file: str = ""
    warning: str = ""

    @property
    def groups(self) -> tuple[str, ...]:
        """Arms, then all as Total where planned, or where there is one arm only."""
        return (*self.arms, TOTAL) if self.total or not self.arms else self.arms

    @cached_property
    def _sizes(self) -> dict[str, int]:
        counted = self.frame[GROUP].value_counts()
        return {str(label): count for label, count in counted.iter_rows()} | {TOTAL: self.frame.height}

    @property
    def levels(self) -> tuple[str, ...]:
        """Every value of GROUP, in the order of the groups."""
        return tuple(sorted((level for level in self._sizes if level != TOTAL or not self.arms), key=self._place))

    def _place(self, level: str) -> tuple[int, str]:
        return (self.arms.index(level) if level in self.arms else len(self.arms)), level

    def size(self, group: str) -> int:
        """Subjects of a group."""
        return self._sizes.get(group, 0)

    def proof(self, frame: pl.DataFrame) -> dict[str, Any]:
        """`source` and `origin` of a result made from rows of a frame with PLACE and ORIGIN."""
        return frame_proof(frame, self.file)

    def proof_of(self, group: str) -> dict[str, Any]:
        """The same of all subjects of a group."""
        return self.proof(self.of(self.frame.select(GROUP, PLACE, "ORIGIN"), group))

    def of(self, frame: pl.DataFrame, group: str) -> pl.DataFrame:
        """The rows of a group."""
        return frame if group == TOTAL else frame.filter(pl.col(GROUP) == group)


def members_of(record: Record, selection: Selection | None, by_arm: bool = True, total: bool = True) -> Members:
    """The subjects of the record, or those of a selection of a dataset, each once."""
    if selection is None:
        return _recorded(record, by_arm, total)
    rows = selected(record, selection)
    # A categorical is compared and counted as a number.
    several = rows.height - rows["USUBJID"].n_unique()
    # A large dataset that has one row a subject, as it should, is not copied.
    single = rows.unique("USUBJID", keep="first", maintain_order=True) if several else rows
    once = single.with_columns(single[GROUP].cast(pl.Categorical))
    warning = f"{several} further rows of a subject are left out: one row a subject is used" if several else ""
    return Members(once, arms_of(record, once, by_arm), total, record.datasets[selection.data].file, warning)


def _recorded(record: Record, by_arm: bool, total: bool) -> Members:
    everybody = subjects_of(record)
    known = record.frame("DM").unique("USUBJID", keep="first", maintain_order=True)
    arms = pl.DataFrame(
        {"USUBJID": [subject.id for subject in everybody], GROUP: [subject.arm for subject in everybody]},
        schema={"USUBJID": pl.String, GROUP: pl.String},
    )
    frame = arms.join(known.select("USUBJID", "ORIGIN", pl.col("SOURCE").alias(PLACE)), on="USUBJID", how="left", maintain_order="left")
    return Members(frame, arms_of(record, frame, by_arm), total)


def selected(record: Record, selection: Selection) -> pl.DataFrame:
    """Rows of a dataset that a selection keeps, with USUBJID, GROUP, PLACE (number of the row, from 1) and ORIGIN beside."""
    dataset = record.datasets[selection.data]
    frame = dataset.frame
    arm = selection.arm or dataset.roles.arm
    named = frame.with_columns(
        pl.col(dataset.roles.subject).cast(pl.String).alias("USUBJID"),
        _labels(record, frame, arm).alias(GROUP),
        pl.int_range(1, pl.len() + 1).alias(PLACE),
        # A column of its own: a literal would be written out anew by everybody who looks at it.
        pl.Series("ORIGIN", [record.protocol.origin], dtype=pl.String).new_from_index(0, frame.height),
    )
    wanted = [condition(frame, name, value) for name, value in selection.where.items()]
    if named["USUBJID"].null_count():
        wanted.append(pl.col("USUBJID").is_not_null())
    return named.filter(*wanted) if wanted else named


def condition(frame: pl.DataFrame, variable: str, wanted: str | list[str]) -> pl.Expr:
    """Rows whose variable has the wanted value, or one of several; numbers are compared as numbers."""
    values = [wanted] if isinstance(wanted, str) else list(wanted)
    if frame.schema[variable].is_numeric():
        return pl.col(variable).cast(pl.Float64).is_in([number for value in values if (number := _number(value)) is not None])
    return pl.col(variable).cast(pl.String).is_in(values).fill_null(False)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _labels(record: Record, frame: pl.DataFrame, arm: str | None) -> pl.Expr:
    if arm is None:
        return pl.lit(TOTAL)
    codes = {code: known.label for code, known in (record.protocol.arms or {}).items()}
    return pl.col(arm).cast(pl.String).replace(codes).fill_null("Arm not stated")


def arms_of(record: Record, frame: pl.DataFrame, by_arm: bool) -> tuple[str, ...]:
    """Labels of the arms: the protocol's, then others as they come; none where there is only one."""
    if not by_arm:
        return ()
    found = frame[GROUP].unique(maintain_order=True).cast(pl.String)
    labels = tuple(dict.fromkeys([*(arm.label for arm in (record.protocol.arms or {}).values()), *found]))
    return labels if len(labels) > 1 else ()


def label_of(record: Record, arm: str | None, arms: tuple[str, ...]) -> str:
    """The label of an arm that the plan names by code or label; the first arm where it names none."""
    known = (record.protocol.arms or {}).get(arm or "")
    return known.label if known else arm or (arms[0] if arms else "")


def frame_proof(frame: pl.DataFrame, file: str = "") -> dict[str, Any]:
    """`source` and `origin` of rows with PLACE and ORIGIN; of very many rows only the files are named."""
    places, origins = _each(frame[PLACE]), _each(frame["ORIGIN"])
    if file:
        source: Iterable[str] = [f"{file}:{row}" for row in places] if places.len() <= MOST_SOURCES else [file]
    else:
        distinct = places.unique(maintain_order=True).cast(pl.String)
        many = distinct.len() > MOST_SOURCES
        source = distinct.str.replace(r":[^:]*$", "").unique(maintain_order=True) if many else distinct
    found = set(origins.unique())
    return {"source": tuple(source), "origin": ", ".join(origin for origin in ORIGINS if origin in found)}


def _each(places: pl.Series) -> pl.Series:
    """What is known; where a value was found in several rows, each of them."""
    return (places.explode() if places.dtype == pl.List else places).drop_nulls()

"""One value a subject for a row of a table, as a frame: from the record's items, or from the variables of a dataset."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from cordside.analysis.members import GROUP, MOST_SOURCES, PLACE, Members, condition, frame_proof
from cordside.analysis.picking import recorded_decimals
from cordside.analysis.rows import TOTAL, joined
from cordside.analysis.subjects.derivedvalues import derived_values, reasons
from cordside.protocol.plans.characteristics import SummaryRow
from cordside.protocol.plans.derived import Derived
from cordside.record.items import values_of
from cordside.record.record import Record

_COLUMNS = ("USUBJID", GROUP, "TEXT", "NUMBER", "UNIT", "COLLECTED_UNIT", PLACE, "ORIGIN")


@dataclass(frozen=True)
class Values:
    """Values of the subjects (_COLUMNS), and what a reader must know about the choice, by group.

    file: of a dataset, else empty; rule: by which values were found, where the protocol names one.
    """

    frame: pl.DataFrame
    warnings: dict[str, str]
    file: str = ""
    rule: str = ""

    @cached_property
    def decimals(self) -> int:
        """Decimals at which the numbers of the record were collected; of one that was converted or computed those that it needs."""
        texts = self.frame.select("TEXT", "NUMBER", "UNIT", "COLLECTED_UNIT").drop_nulls("NUMBER").unique()
        return recorded_decimals(texts.iter_rows(named=True))

    def proof(self, group: str, used: int) -> dict[str, Any]:
        """`source` and `origin` of so many used values of a group; many rows of a dataset are named by their file, unread."""
        if self.file and used > MOST_SOURCES:
            return {"source": (self.file,), "origin": str(self.frame["ORIGIN"][0])}
        return frame_proof(self.of(group), self.file)

    def of(self, group: str) -> pl.DataFrame:
        """The values of a group."""
        known = pl.col("TEXT").is_not_null() | pl.col("NUMBER").is_not_null()
        return self.frame.filter(known if group == TOTAL else known & (pl.col(GROUP) == group))

    def without_number(self, group: str) -> str:
        """A warning that names results which are words, such as <0.50; empty when all are numbers."""
        if self.file and self.frame["NUMBER"].null_count() < self.frame.height:
            return ""
        words = sorted(self.of(group).filter(pl.col("NUMBER").is_null())["TEXT"].unique())
        return f"without a number: {', '.join(words)}" if words else ""

    def unit(self, group: str) -> str:
        """The unit of values to be printed together; empty where there is none."""
        return "" if self.file else unit_of(self.of(group))

    def one_unit(self, group: str) -> str:
        """What is wrong with the units of numbers to be summarised together; empty when they are all the same."""
        return "" if self.file else one_unit(self.of(group))


def one_unit(frame: pl.DataFrame) -> str:
    """What is wrong with the units of the numbers of a frame; empty when they are all the same."""
    units = sorted(frame.filter(pl.col("NUMBER").is_not_null())["UNIT"].fill_null("no unit").unique())
    return f"units differ ({', '.join(units)}) and are not converted" if len(units) > 1 else ""


def unit_of(frame: pl.DataFrame) -> str:
    """The unit of the values of a frame; empty where there is none."""
    return next(iter(frame["UNIT"].drop_nulls().head(1)), "")


def values_for(record: Record, members: Members, row: SummaryRow) -> Values:
    """The values of a planned row: flagged as baseline, else the first, or the last of a named visit; rows of a dataset as they are."""
    if row.derived:
        return _derived(record, members, row.derived)
    return _recorded(record, members, row) if row.item else _from_dataset(members, row)


def _from_dataset(members: Members, row: SummaryRow) -> Values:
    frame, none = members.frame, pl.lit(None, dtype=pl.String)
    is_number = row.variable is not None and frame.schema[row.variable].is_numeric()
    # Only what is counted is built: a text for every number of a large dataset would cost more than all its statistics.
    text = _text(frame, row) if row.is_counted or not is_number else none
    number = pl.col(row.variable or "").cast(pl.Float64) if is_number else pl.lit(None, dtype=pl.Float64)
    columns = {"TEXT": text, "NUMBER": number}
    shaped = frame.select(*(column.alias(name) for name, column in columns.items()), "USUBJID", GROUP, PLACE, "ORIGIN")
    return Values(shaped, dict.fromkeys(members.groups, members.warning), members.file)


def _text(frame: pl.DataFrame, row: SummaryRow) -> pl.Expr:
    """The level of each subject: what the plan's conditions say, else the value; of a whole number without .0."""
    text = pl.lit(None, dtype=pl.String)
    if row.variable:
        text = pl.col(row.variable).cast(pl.String)
        text = text.str.replace(r"\.0$", "") if frame.schema[row.variable].is_float() else text
    for level in reversed([level for level in row.levels if level.where]):
        holds = [condition(frame, name, value) for name, value in level.where.items()]
        text = pl.when(pl.all_horizontal(holds)).then(pl.lit(level.recorded)).otherwise(text)
    return text


def _derived(record: Record, members: Members, derived: Derived) -> Values:
    found = derived_values(record, derived).rename({"SOURCE": PLACE})
    placed = found.join(members.frame.select("USUBJID", GROUP), on="USUBJID", maintain_order="left")
    warnings = {group: joined(reasons(members.of(placed, group))) for group in members.groups}
    rule = next((cleared.rule or record.protocol.conventions.clearance for cleared in derived.swabbed), "")
    return Values(placed.select(_COLUMNS), warnings, rule=rule)


def _recorded(record: Record, members: Members, row: SummaryRow) -> Values:
    answered = values_of(record, row.item or "").filter(pl.col("STAT").is_null(), pl.col("TEXT").is_not_null())
    if row.visit:
        answered = answered.filter(pl.col("VISIT") == row.visit)
    flagged = (pl.col("BLFL") == "Y").fill_null(False)
    sized = answered.with_columns(pl.len().over("USUBJID").alias("_SIZE"), flagged.any().over("USUBJID").alias("_FLAGGED"))
    if row.visit:
        picked = sized.unique("USUBJID", keep="last", maintain_order=True)
        doubtful, words = pl.col("_SIZE") > 1, "values; the last is used"
    else:
        picked = sized.filter(~pl.col("_FLAGGED") | flagged).unique("USUBJID", keep="first", maintain_order=True)
        doubtful, words = (pl.col("_SIZE") > 1) & ~pl.col("_FLAGGED"), "values and no baseline; the first is used"
    placed = picked.join(members.frame.select("USUBJID", GROUP), on="USUBJID", maintain_order="left").rename({"SOURCE": PLACE})
    doubts = placed.filter(doubtful)
    warnings = {
        group: joined(f"{size} {words}" for size in members.of(doubts, group)["_SIZE"].unique(maintain_order=True))
        for group in members.groups
    }
    return Values(placed.select(_COLUMNS), warnings)

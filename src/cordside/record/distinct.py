"""Distinct texts and distinct combinations: what lets one Python declaration judge a million rows.

Each column is coded once to small integers; a combination of columns is one integer; Python is asked once per distinct
one and its answers are spread back over the rows.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

import polars as pl
import polars.selectors as cs

_MOST = 2**63

COMPACT = pl.Categorical(pl.Categories.random())
"""How derived words are held: each once, and a small integer a row."""


def as_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its categoricals as plain texts."""
    return frame.with_columns((cs.categorical() | cs.enum()).cast(pl.String))


class Coded:
    """The String columns of a frame as codes: 0 for null, then 1, 2, 3 ... in the order of first appearance."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame
        self._coded: dict[str, tuple[pl.Series, pl.Series, pl.Series]] = {}

    def texts(self, column: str) -> list[str]:
        """Distinct non-null texts of a column."""
        return self._of(column)[1].to_list()

    def rows_with(self, column: str, texts: Sequence[str]) -> pl.DataFrame:
        """Rows whose column holds one of the texts."""
        return self.frame.filter(pl.col(column).is_in(list(texts)))

    def key(self, columns: Sequence[str]) -> pl.Series:
        """One integer for every row, the same for rows with the same texts in the columns."""
        key, size = pl.repeat(0, self.frame.height, dtype=pl.UInt64, eager=True), 1
        for column in columns:
            codes, texts, _ = self._of(column)
            size *= texts.len() + 1
            key = key * (texts.len() + 1) + codes.cast(pl.UInt64)
        return key if size < _MOST else self.frame.select(pl.struct(columns).rank("dense").cast(pl.UInt64))[:, 0]

    def combinations(self, columns: Sequence[str]) -> "Combinations":
        """Distinct combinations of columns and the rows they stand in."""
        return Combinations(self.frame, list(columns), self.key(columns))

    def beside(self, column: str, table: pl.DataFrame) -> pl.DataFrame:
        """For every row, the row of a table with the same value of the column; nulls where the table has none.

        table: each value of the column once. Returns the table's other columns.
        """
        codes, texts, _ = self._of(column)
        distinct = pl.concat([pl.Series(column, [None], dtype=pl.String), texts.alias(column)]).to_frame()
        return distinct.join(table, on=column, how="left", maintain_order="left").drop(column)[codes]

    def answers(self, column: str, answer: Callable[[str], object], dtype: type[pl.DataType]) -> pl.Series:
        """For every row, the answer to its text; asked once per distinct text, null where the row is empty."""
        codes, texts, _ = self._of(column)
        return pl.Series(column, [None, *map(answer, texts.to_list())], dtype=dtype)[codes]

    def adopt(self, other: "Coded", names: dict[str, str]) -> "Coded":
        """Take over what another has coded for the same rows; names: its column → ours."""
        self._coded |= {ours: other._coded[theirs] for theirs, ours in names.items() if theirs in other._coded}
        return self

    def compact(self, column: str) -> pl.Series:
        """The column as a categorical: the texts once, and a small integer a row."""
        return self._of(column)[2].alias(column)

    def _of(self, column: str) -> tuple[pl.Series, pl.Series, pl.Series]:
        """Codes of a column, its distinct texts in the order of their codes, and the column as a categorical."""
        if column not in self._coded:
            # Categories of our own, so that the codes are dense.
            kind = pl.Categorical(pl.Categories.random())
            values = self.frame[column].cast(kind)
            codes = values.to_physical() + 1
            codes = codes.fill_null(0) if values.null_count() else codes
            count = codes.to_numpy().max(initial=0)
            texts = pl.Series(range(int(count)), dtype=pl.UInt32).cat.to(kind).cast(pl.String)
            self._coded[column] = (codes, texts, values)
        return self._coded[column]


class Combinations:
    """Distinct combinations of columns: one row each in `table`, and for every row of the frame the number of its own."""

    def __init__(self, frame: pl.DataFrame, columns: list[str], key: pl.Series) -> None:
        self.frame = frame
        found = pl.DataFrame({"key": key}).with_row_index("first").group_by("key").agg(pl.col("first").min()).sort("first")
        self._key, self._found = key, found
        self.table = frame.select(columns)[found["first"]]

    @cached_property
    def index(self) -> pl.Series:
        """For each row of the frame, the number of its combination in `table`."""
        numbers = self._found.select("key").with_row_index("number")
        return pl.DataFrame({"key": self._key}).join(numbers, on="key", how="left", maintain_order="left")["number"]

    def spread(self, answers: pl.DataFrame) -> pl.DataFrame:
        """One answer a combination → one a row."""
        return answers[self.index]

    def rows_where(self, wanted: Callable[..., bool]) -> pl.DataFrame:
        """Rows of the frame whose combination is wanted; `wanted` takes the values in column order."""
        return self.rows_of([number for number, values in enumerate(self.table.iter_rows()) if wanted(*values)])

    def rows_of(self, numbers: Sequence[int]) -> pl.DataFrame:
        """Rows of the frame whose combination has one of the numbers, with `_NUMBER`."""
        if not numbers:
            return self.frame.clear().with_columns(pl.lit(None, dtype=pl.UInt32).alias("_NUMBER"))
        return self.frame.with_columns(self.index.alias("_NUMBER")).filter(pl.col("_NUMBER").is_in(list(numbers)))

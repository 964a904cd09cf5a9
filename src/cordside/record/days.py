"""Study days, epochs and the baseline flag: where a row stands in time relative to the first infusion."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from cordside.domains.domain import Domain
from cordside.record.dates import clock_of, day_of, derive_dates, study_days
from cordside.record.distinct import COMPACT, Coded
from cordside.record.numbers import derive_numbers

_EPOCHS = pl.Series(["SCREENING", "TREATMENT", "FOLLOW-UP"], dtype=COMPACT)
_DATES = (("DTC", "DY"), ("STDTC", "STDY"), ("ENDTC", "ENDY"))
_REFERENCE = ("RFSTDTC", "RFENDTC", "RFXSTDTC", "RFXENDTC", "RFICDTC")
_SERIES = ("USUBJID", "TESTCD", "CAT", "SPEC", "LOC", "METHOD", "OBJ", "BDAGNT", "TSTDTL", "LAT")
"""What makes one series of values: a nasal and an anal swab have a baseline each, and so have a detection and its cycle number."""


def with_days(domain: type[Domain], frame: pl.DataFrame, coded: Coded, subjects: pl.DataFrame) -> pl.DataFrame:
    """--DY, --STDY, --ENDY and EPOCH, and the reference dates on DM.

    coded: the same rows. Adds `_WHEN` (day of the row) and `_FIRST` (day of the first infusion) for with_baseline.
    """
    known = subjects.select("USUBJID", "REFERENCE", _FIRST="FIRST", _LAST=derive_dates(subjects["RFXENDTC"]))
    reference = [name for name in _REFERENCE if name in domain.variables]
    frame = frame.hstack(
        coded.beside("USUBJID", known if not reference else known.join(subjects.select("USUBJID", *reference), on="USUBJID"))
    )
    dates = {
        part: domain.prefix + part
        for part, day in _DATES
        if domain.prefix + part in coded.frame.columns and domain.prefix + day in domain.variables
    }
    frame = frame.with_columns(coded.answers(name, day_of, pl.Date).alias(f"_{part}") for part, name in dates.items())
    days = {domain.prefix + day: study_days(pl.col(f"_{part}"), pl.col("REFERENCE")) for part, day in _DATES if part in dates}
    placed = "STDTC" if "STDTC" in dates else next(iter(dates), None)
    frame = frame.with_columns(_WHEN=pl.col(f"_{placed}") if placed else pl.lit(None, dtype=pl.Date), **days)
    return frame.with_columns(EPOCH=_epoch()) if "EPOCH" in domain.variables else frame


def _epoch() -> pl.Expr:
    """SCREENING before the first infusion, TREATMENT to the last, FOLLOW-UP after it; null while a date is unknown."""
    begun = pl.col("_WHEN") >= pl.col("_FIRST")
    passed = begun.cast(pl.UInt32) + (begun & (pl.col("_WHEN") > pl.col("_LAST"))).cast(pl.UInt32)
    return pl.lit(_EPOCHS).gather(passed)


def with_baseline(domain: type[Domain], frame: pl.DataFrame, coded: Coded, subjects: pl.DataFrame) -> pl.DataFrame:
    """--BLFL: Y on the last result of each series before the first infusion.

    A result of the day of the infusion counts unless its time, or its planned minutes, lie after the start.
    """
    flag, text = domain.prefix + "BLFL", domain.prefix + "DTC"
    if flag not in domain.variables or text not in frame.columns:
        return frame
    series = [name for part in _SERIES if (name := part if part == "USUBJID" else domain.prefix + part) in coded.frame.columns]
    keyed = frame.select(
        "USUBJID",
        "_WHEN",
        _KEY=coded.key(series),
        _ELIGIBLE=(pl.col("_WHEN") <= pl.col("_FIRST")) & pl.col(domain.prefix + "STRESC").is_not_null(),
        _ON_THE_DAY=pl.col("_WHEN") == pl.col("_FIRST"),
        **_within_the_day(domain, coded),
    )
    before = keyed.lazy().with_row_index("_AT").filter("_ELIGIBLE")
    order = [name for name in ("_WHEN", "_CLOCK", "_MINUTES") if name in keyed.columns]
    if len(order) > 1:
        starts = subjects.select("USUBJID", _START=pl.Series([clock_of(text) for text in subjects["RFXSTDTC"]], dtype=pl.String))
        before = before.join(starts.lazy(), on="USUBJID", how="left", maintain_order="left").filter(~_after_the_start(order))
    last = before.sort(order, maintain_order=True).unique("_KEY", keep="last").select("_AT").collect()["_AT"]
    flags = np.zeros(frame.height, dtype=bool)
    flags[last.to_numpy()] = True
    return frame.with_columns(pl.when(pl.Series(flags)).then(pl.lit("Y")).alias(flag))


def _within_the_day(domain: type[Domain], coded: Coded) -> dict[str, pl.Series]:
    """Time of day and planned minutes of the rows, where any has one."""
    text, minutes = domain.prefix + "DTC", domain.prefix + "TPTNUM"
    found = {}
    if any(clock_of(known) for known in coded.texts(text)):
        found["_CLOCK"] = coded.answers(text, clock_of, pl.String)
    if minutes in coded.frame.columns:
        found["_MINUTES"] = derive_numbers(coded.frame[minutes])
    return found


def _after_the_start(known: Sequence[str]) -> pl.Expr:
    """On the day of the infusion: a time of day known to be later than its start, or planned minutes after it."""
    clock, start = pl.col("_CLOCK"), pl.col("_START")
    # Compared as far as both are known: 08 is not after 08:30, nor before it.
    later = clock.str.slice(0, start.str.len_chars()) > start.str.slice(0, clock.str.len_chars())
    signs = [later] if "_CLOCK" in known else []
    signs += [pl.col("_MINUTES") > 0] if "_MINUTES" in known else []
    return pl.col("_ON_THE_DAY") & pl.any_horizontal(sign.fill_null(False) for sign in signs)

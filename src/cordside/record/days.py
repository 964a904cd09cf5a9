"""Study days, epochs and the baseline flag: where a row stands in time relative to the first infusion."""

import numpy as np
import polars as pl

from cordside.domains.domain import Domain
from cordside.record.dates import day_of, derive_dates, study_days
from cordside.record.distinct import COMPACT, Coded

_EPOCHS = pl.Series(["SCREENING", "TREATMENT", "FOLLOW-UP"], dtype=COMPACT)
_DAY = len("2020-02-11")
_DATES = (("DTC", "DY"), ("STDTC", "STDY"), ("ENDTC", "ENDY"))
_REFERENCE = ("RFSTDTC", "RFENDTC", "RFXSTDTC", "RFXENDTC", "RFICDTC")
_SERIES = ("USUBJID", "TESTCD", "CAT", "SPEC", "LOC", "METHOD", "OBJ", "BDAGNT")
"""What makes one series of values: a nasal and an anal swab have a baseline each."""


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
    passed = (pl.col("_WHEN") >= pl.col("_FIRST")).cast(pl.UInt32) + (pl.col("_WHEN") > pl.col("_LAST")).cast(pl.UInt32)
    return pl.lit(_EPOCHS).gather(passed)


def with_baseline(domain: type[Domain], frame: pl.DataFrame, coded: Coded, subjects: pl.DataFrame) -> pl.DataFrame:
    """--BLFL: Y on the last result of each series before the first infusion.

    A result of the day of the infusion counts unless its time, or its planned minutes, lie after the start.
    """
    flag, text = domain.prefix + "BLFL", domain.prefix + "DTC"
    if flag not in domain.variables or text not in frame.columns:
        return frame
    series = [name for part in _SERIES if (name := part if part == "USUBJID" else domain.prefix + part) in coded.frame.columns]
    minutes = [name for name in (domain.prefix + "TPTNUM",) if name in frame.columns]
    eligible = (pl.col("_WHEN") <= pl.col("_FIRST")) & pl.col(domain.prefix + "STRESC").is_not_null()
    keyed = (
        frame.lazy()
        .select("USUBJID", "_WHEN", "_FIRST", text, domain.prefix + "STRESC", *minutes, _KEY=coded.key(series))
        .with_row_index("_AT")
    )
    before = keyed.filter(eligible).join(subjects.lazy().select("USUBJID", "RFXSTDTC"), on="USUBJID", how="left", maintain_order="left")
    before = before.filter(~_after_the_start(pl.col(text), pl.col(minutes[0]) if minutes else None))
    last = before.sort(text, maintain_order=True).unique("_KEY", keep="last").select("_AT").collect()["_AT"]
    flags = np.zeros(frame.height, dtype=bool)
    flags[last.to_numpy()] = True
    return frame.with_columns(pl.when(pl.Series(flags)).then(pl.lit("Y")).alias(flag))


def _after_the_start(text: pl.Expr, minutes: pl.Expr | None) -> pl.Expr:
    """On the day of the infusion: a time of day later than its start, or planned minutes after it."""
    start, timed = pl.col("RFXSTDTC"), pl.col("_WHEN") == pl.col("_FIRST")
    later = timed & (text.str.len_chars() > _DAY) & (start.str.len_chars() > _DAY) & (text > start)
    planned = timed & (minutes.cast(pl.Float64, strict=False) > 0) if minutes is not None else pl.lit(False)
    return later.fill_null(False) | planned.fill_null(False)

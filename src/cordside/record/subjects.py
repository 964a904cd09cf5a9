"""Reference dates of each subject: consent, first and last infusion, end, death. Everything relative counts from these."""

import polars as pl

from cordside.record.dates import derive_dates

CONSENT = "INFORMED CONSENT OBTAINED"
SCHEMA = {
    "USUBJID": pl.String,
    "FIRST": pl.Date,
    "RFXSTDTC": pl.String,
    "RFXENDTC": pl.String,
    "RFICDTC": pl.String,
    "RFENDTC": pl.String,
    "DEATH": pl.Date,
    "REFERENCE": pl.Date,
    "RFSTDTC": pl.String,
    "SEX": pl.String,
    "AGE": pl.Int32,
}


def derive_subjects(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """One row a subject of DM with its reference dates, in DM's order.

    frames: collected rows of DM, EX and DS (each may be absent).
    FIRST: day of the first infusion; REFERENCE: the day from which study days count, which is the first infusion, or for a
    subject without one the randomisation, else the consent.
    """
    subjects = frames["DM"].select("USUBJID").filter(pl.col("USUBJID").is_not_null()).unique(maintain_order=True)
    infusions = _dated(frames.get("EX"), "EXSTDTC", "EXTRT")
    disposed = _dated(frames.get("DS"), "DSSTDTC", "DSDECOD")
    parts = [
        _earliest(infusions, "RFXSTDTC", "FIRST"),
        _latest(infusions, "RFXENDTC"),
        _earliest(disposed.filter(pl.col("WHAT") == CONSENT), "RFICDTC", "CONSENTED"),
        _earliest(disposed.filter(pl.col("WHAT") == "RANDOMIZED"), "RANDOMIZED", "DRAWN"),
        _latest(disposed.filter(pl.col("CAT") == "DISPOSITION EVENT"), "RFENDTC"),
        _deaths(frames["DM"], disposed),
        _persons(frames["DM"]),
    ]
    for part in parts:
        subjects = subjects.join(part, on="USUBJID", how="left", maintain_order="left")
    reference = subjects.with_columns(
        pl.coalesce("FIRST", "DRAWN", "CONSENTED").alias("REFERENCE"), pl.coalesce("RFXSTDTC", "RANDOMIZED", "RFICDTC").alias("RFSTDTC")
    )
    return reference.select(*SCHEMA)


def _dated(frame: pl.DataFrame | None, date: str, what: str) -> pl.DataFrame:
    columns = list(dict.fromkeys(["USUBJID", date, what, "DSCAT"]))
    if frame is None:
        frame = pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in columns if name not in frame.columns]
    found = frame.with_columns(absent)
    named = found.select("USUBJID", pl.col(date).alias("TEXT"), pl.col(what).alias("WHAT"), pl.col("DSCAT").alias("CAT"))
    return named.with_columns(derive_dates(named["TEXT"]).alias("WHEN"))


def _earliest(dated: pl.DataFrame, text: str, day: str) -> pl.DataFrame:
    known = dated.filter(pl.col("WHEN").is_not_null()).sort("WHEN", "TEXT", maintain_order=True)
    return known.group_by("USUBJID", maintain_order=True).agg(pl.col("TEXT").first().alias(text), pl.col("WHEN").first().alias(day))


def _latest(dated: pl.DataFrame, text: str) -> pl.DataFrame:
    known = dated.filter(pl.col("WHEN").is_not_null()).sort("WHEN", "TEXT", maintain_order=True)
    return known.group_by("USUBJID", maintain_order=True).agg(pl.col("TEXT").last().alias(text))


def _deaths(dm: pl.DataFrame, disposed: pl.DataFrame) -> pl.DataFrame:
    own = _dated(dm, "DTHDTC", "USUBJID").select("USUBJID", "WHEN")
    other = disposed.filter(pl.col("WHAT") == "DEATH").select("USUBJID", "WHEN")
    return pl.concat([own, other]).filter(pl.col("WHEN").is_not_null()).group_by("USUBJID").agg(pl.col("WHEN").min().alias("DEATH"))


def _persons(dm: pl.DataFrame) -> pl.DataFrame:
    """Sex and completed years, as far as recorded, for ranges that depend on them."""
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in ("SEX", "AGE", "AGEU") if name not in dm.columns]
    years = pl.when(pl.col("AGEU").fill_null("YEARS") == "YEARS").then(pl.col("AGE").cast(pl.Float64, strict=False).floor().cast(pl.Int32))
    return dm.with_columns(absent).select("USUBJID", "SEX", years.alias("AGE")).unique("USUBJID", keep="first", maintain_order=True)

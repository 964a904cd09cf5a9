"""Reference dates of each subject: consent, first and last infusion, end, death. Everything relative counts from these.

A date that is known in part decides only what it decides: beside 2020-02-14 an infusion of 2020-01 is the first, but with
one of 2020-02 the first is not known, and neither is any study day.
"""

import polars as pl

from cordside.record.dates import derive_dates, read_date
from cordside.record.numbers import derive_numbers

_PER_YEAR = {"YEARS": 1.0, "MONTHS": 12.0, "WEEKS": 365.25 / 7, "DAYS": 365.25, "HOURS": 365.25 * 24}
CONSENT = "INFORMED CONSENT OBTAINED"
COMPLETED = "COMPLETED"
SCHEMA = {
    "USUBJID": pl.String,
    "FIRST": pl.Date,
    "RFXSTDTC": pl.String,
    "RFXENDTC": pl.String,
    "RFICDTC": pl.String,
    "RFENDTC": pl.String,
    "DEATH": pl.Date,
    "DIED": pl.String,
    "REFERENCE": pl.Date,
    "RFSTDTC": pl.String,
    "SEX": pl.String,
    "AGE": pl.Int32,
}


def derive_subjects(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """One row a subject of DM with its reference dates, in DM's order.

    frames: collected rows of DM, EX and DS (each may be absent).
    FIRST: day of the first infusion; REFERENCE: the day from which study days count, which is the first infusion, or for a
    subject without one the randomisation, else the consent. DEATH: its day; DIED: its date as far as it is known.
    """
    subjects = frames["DM"].select("USUBJID").filter(pl.col("USUBJID").is_not_null()).unique(maintain_order=True)
    infusions = _dated(frames.get("EX"), "EXSTDTC", "EXTRT")
    disposed = _dated(frames.get("DS"), "DSSTDTC", "DSDECOD")
    parts = [
        _earliest(infusions, "RFXSTDTC", "FIRST"),
        _latest(infusions, "RFXENDTC"),
        _earliest(disposed.filter(pl.col("WHAT") == CONSENT), "RFICDTC", "CONSENTED"),
        _earliest(disposed.filter(pl.col("WHAT") == "RANDOMIZED"), "RANDOMIZED", "DRAWN"),
        _participation_ends(disposed).select("USUBJID", "RFENDTC"),
        infusions.select("USUBJID", INFUSED=True).unique(),
        _deaths(frames["DM"], disposed),
        _persons(frames["DM"]),
    ]
    for part in parts:
        subjects = subjects.join(part, on="USUBJID", how="left", maintain_order="left")
    reference = subjects.with_columns(
        # An infusion without a date leaves the reference unknown: the consent does not stand for it.
        pl.when("INFUSED").then("FIRST").otherwise(pl.coalesce("DRAWN", "CONSENTED")).alias("REFERENCE"),
        pl.when("INFUSED").then("RFXSTDTC").otherwise(pl.coalesce("RANDOMIZED", "RFICDTC")).alias("RFSTDTC"),
    )
    return reference.select(*SCHEMA)


def participation_ends(ds: pl.DataFrame | None) -> pl.DataFrame:
    """When each subject's participation ended, one row a subject: RFENDTC as collected, and whether it was COMPLETED.

    It ends with the last disposition event (DSCAT DISPOSITION EVENT), whatever its term. A discharge, or the end of treatment, into
    a follow-up that goes on is recorded as OTHER EVENT or is followed by a later disposition event, and ends nothing. Whoever is in
    no row is still followed, as far as DS tells. Schedule and follow-up times both ask here.
    """
    return _participation_ends(_dated(ds, "DSSTDTC", "DSDECOD"))


def _participation_ends(disposed: pl.DataFrame) -> pl.DataFrame:
    events = disposed.filter((pl.col("CAT") == "DISPOSITION EVENT") & pl.col("YEAR"))
    last = events.join(_latest(events, "RFENDTC"), on="USUBJID", maintain_order="left").filter(pl.col("TEXT") == pl.col("RFENDTC"))
    completed = (pl.col("WHAT") == COMPLETED).fill_null(False).any().alias(COMPLETED)
    return last.group_by("USUBJID", maintain_order=True).agg(pl.col("RFENDTC").first(), completed)


def _dated(frame: pl.DataFrame | None, date: str, what: str) -> pl.DataFrame:
    columns = list(dict.fromkeys(["USUBJID", date, what, "DSCAT"]))
    if frame is None:
        frame = pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in columns if name not in frame.columns]
    found = frame.with_columns(absent)
    named = found.select("USUBJID", pl.col(date).alias("TEXT"), pl.col(what).alias("WHAT"), pl.col("DSCAT").alias("CAT"))
    known = pl.Series("YEAR", [read_date(text).year is not None for text in named["TEXT"]], dtype=pl.Boolean)
    return named.with_columns(known, derive_dates(named["TEXT"]).alias("WHEN"))


def _earliest(dated: pl.DataFrame, text: str, day: str) -> pl.DataFrame:
    """The earliest date as collected, and its day. Texts sort as dates do, and a part that may be earlier comes first."""
    known = dated.filter("YEAR").sort("TEXT", maintain_order=True)
    return known.group_by("USUBJID", maintain_order=True).agg(pl.col("TEXT").first().alias(text), pl.col("WHEN").first().alias(day))


def _latest(dated: pl.DataFrame, text: str) -> pl.DataFrame:
    """The latest date as collected: a part that may be later comes last, and one without any date leaves it unknown."""
    last = pl.when(pl.col("YEAR").all()).then(pl.col("TEXT").sort_by(pl.col("TEXT") + "~").last())
    return dated.group_by("USUBJID", maintain_order=True).agg(last.alias(text))


def _deaths(dm: pl.DataFrame, disposed: pl.DataFrame) -> pl.DataFrame:
    own = _dated(dm, "DTHDTC", "USUBJID")
    known = pl.concat([own, disposed.filter(pl.col("WHAT") == "DEATH")]).filter("YEAR").sort("WHEN", "TEXT", nulls_last=True)
    return known.group_by("USUBJID", maintain_order=True).agg(pl.col("WHEN").first().alias("DEATH"), pl.col("TEXT").first().alias("DIED"))


def _persons(dm: pl.DataFrame) -> pl.DataFrame:
    """Sex and completed years, as far as recorded, for ranges that depend on them."""
    sex = pl.col("SEX") if "SEX" in dm.columns else pl.lit(None, dtype=pl.String)
    persons = dm.select("USUBJID", sex.alias("SEX"), age_in_years(dm).floor().cast(pl.Int32, strict=False).alias("AGE"))
    return persons.unique("USUBJID", keep="first", maintain_order=True)


def age_in_years(dm: pl.DataFrame) -> pl.Series:
    """Age of each row of DM in years; an age without a unit is read as years (and queried), one of an unknown unit is null."""
    none = pl.repeat(None, dm.height, dtype=pl.String, eager=True)
    age, unit = (dm[name] if name in dm.columns else none for name in ("AGE", "AGEU"))
    per_year = unit.fill_null("YEARS").replace_strict(_PER_YEAR, default=None, return_dtype=pl.Float64)
    return (derive_numbers(age) / per_year).alias("AGE")

"""Adverse events on lines: any, special interest, body systems and terms, divided by grade, relation, seriousness or time."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from cordside.analysis.members import GROUP, PLACE, Members, selected
from cordside.analysis.rows import word_of
from cordside.analysis.safety.incidence import ANY, NOT_CODED, OF_SYSTEM, OF_TERM, SPECIAL, Incidence, on_lines
from cordside.protocol.plans.safety import AdverseEvents, EventVariables, Window
from cordside.record.record import Record
from cordside.terms.codelists import terms_of

UNKNOWN = {"grade": "Grade not known", "relation": "Relation not assessed", "serious": "Seriousness not known", "time": "Time not known"}
_OF_RECORD = EventVariables(grade="AETOXGR", relation="AEREL", serious="AESER", hours="AELATH")


@dataclass(frozen=True)
class Events:
    """Events of the members, and how many subjects with events are none.

    frame: USUBJID, GROUP, PLACE, ORIGIN, SYSTEM, TERM, REPORTED, CATEGORY, and grade, relation, serious and time.
    """

    frame: pl.DataFrame
    left_out: int


def events_of(record: Record, planned: AdverseEvents, members: Members) -> Events:
    """The events of the record, or of the planned dataset, with the group of their subject."""
    if planned.selection:
        rows, names = selected(record, planned.selection).drop(GROUP), planned.variables
        system, term = pl.col(names.system).cast(pl.String), pl.col(names.term).cast(pl.String)
    else:
        rows, names = record.frame("AE").rename({"SOURCE": PLACE}), _OF_RECORD
        system, term = pl.coalesce("AEBODSYS", "AESOC"), pl.coalesce("AEDECOD", "AETERM")
    texts = {role: _column(rows, name).cast(pl.String) for role, name in _divisions(names).items()}
    shaped = rows.select(
        "USUBJID",
        PLACE,
        "ORIGIN",
        system.fill_null(NOT_CODED).alias("SYSTEM"),
        term.fill_null("event not named").alias("TERM"),
        _column(rows, "AETERM").cast(pl.String).alias("REPORTED"),
        _column(rows, "AESCAT").cast(pl.String).alias("CATEGORY"),
        *(text.alias(role) for role, text in texts.items()),
    )
    joined = shaped.join(members.frame.select("USUBJID", GROUP), on="USUBJID", how="left", maintain_order="left")
    own = joined.filter(pl.col(GROUP).is_not_null())
    return Events(own, joined.filter(pl.col(GROUP).is_null())["USUBJID"].n_unique())


def _divisions(names: EventVariables) -> dict[str, str]:
    return {"grade": names.grade or "", "relation": names.relation or "", "serious": names.serious or "", "time": names.hours or ""}


def _column(frame: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name) if name in frame.columns else pl.lit(None, dtype=pl.String)


def incidence_of(record: Record, planned: AdverseEvents, members: Members, events: Events) -> Incidence:
    """Every line of the planned table with its rows."""
    frame, parts = _divided(events.frame, planned)
    file = record.datasets[planned.data].file if planned.data else ""
    own = {OF_SYSTEM: pl.col("SYSTEM")} if planned.show == "system_and_term" else {}
    special = list(_special(record, frame))
    entries = [on_lines(frame, ANY), *(on_lines(rows, SPECIAL, term=pl.lit(name)) for name, rows in special)]
    entries += [on_lines(frame, OF_SYSTEM, system=system) for system in own.values()]
    entries.append(on_lines(frame, OF_TERM, term=pl.col("TERM"), **({"system": own[OF_SYSTEM]} if own else {})))
    if not parts:
        return Incidence(pl.concat(entries), members, planned.sort, file=file)
    divided = [on_lines(frame, ANY, part=pl.col("DIVISION")), on_lines(frame, OF_TERM, term=pl.col("TERM"), part=pl.col("DIVISION"))]
    if planned.show != "grade":
        return Incidence(pl.concat([*entries, *divided]), members, planned.sort, parts, file=file)
    worst = [
        on_lines(_worst(frame, ["USUBJID"]), ANY, part=pl.col("DIVISION")),
        on_lines(_worst(frame, ["USUBJID", "TERM"]), OF_TERM, term=pl.col("TERM"), part=pl.col("DIVISION")),
    ]
    return Incidence(pl.concat([*entries, *divided]), members, planned.sort, parts, pl.concat([*entries, *worst]), file)


def _worst(frame: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """The events of the highest grade of each subject; a subject of whom no grade is known keeps those without."""
    grade = pl.col("grade").cast(pl.Float64, strict=False).fill_null(-1)
    return frame.filter(grade == grade.max().over(keys))


def _special(record: Record, frame: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    for interest in record.protocol.events_of_special_interest or []:
        wanted = [term.casefold() for term in interest.terms]
        named = [pl.col(name).str.to_lowercase().is_in(wanted).fill_null(False) for name in ("TERM", "REPORTED")]
        in_category = (pl.col("CATEGORY").str.to_lowercase() == interest.category.casefold()).fill_null(False)
        yield interest.category, frame.filter(named[0] | named[1] | in_category)


def _divided(frame: pl.DataFrame, planned: AdverseEvents) -> tuple[pl.DataFrame, list[str]]:
    """The events with the part of each, and the parts in their order; no parts where the plan divides nothing."""
    if planned.show not in UNKNOWN:
        return frame, []
    unknown = UNKNOWN[planned.show]
    words = {text: _word(planned, text) or unknown for text in frame[planned.show].drop_nulls().unique()}
    division = pl.col(planned.show).replace_strict(words, default=unknown, return_dtype=pl.String).fill_null(unknown)
    found = frame.with_columns(division.alias("DIVISION"))
    return found, [*_order(planned, set(words.values()) - {unknown}), unknown]


def _word(planned: AdverseEvents, text: str) -> str:
    if planned.show == "grade":
        return f"Grade {float(text):g}" if text.replace(".", "", 1).isdecimal() else ""
    if planned.show == "relation":
        return "" if text == "NOT ASSESSED" else word_of(text)
    if planned.show == "serious":
        return {"Y": "Serious", "N": "Not serious"}.get(text, "")
    return next((window.label for window in planned.windows if _is_in(window, float(text))), "")


def _is_in(window: Window, hours: float) -> bool:
    return window.start <= hours and (window.end is None or hours < window.end)


def _order(planned: AdverseEvents, found: set[str]) -> list[str]:
    if planned.show == "time":
        return [window.label for window in planned.windows]
    known = [word_of(term) for term in terms_of("AEREL")] if planned.show == "relation" else ["Serious", "Not serious"]
    return sorted(found, key=lambda word: (known.index(word) if word in known else len(known), word))

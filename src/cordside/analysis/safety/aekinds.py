"""Adverse events as they are counted: all, by category of special interest, by term; and who could have had them."""

from dataclasses import dataclass

from cordside.analysis.rows import Row, Subject, capital
from cordside.analysis.safety.doses import infusions_of
from cordside.record.record import Record

ANY, SPECIAL, TERM = "any", "special interest", "term"


@dataclass(frozen=True, slots=True)
class Kind:
    """Events counted together: how they stand in the table, and which rows of AE they are."""

    level: str
    label: str
    rows: list[Row]


def kinds_of(record: Record, events: list[Row]) -> list[Kind]:
    """Any event, each category of special interest (also without events), each term: most subjects first, then by name."""
    special = [
        Kind(SPECIAL, interest.category, [row for row in events if _is_special(row, interest.category, interest.terms)])
        for interest in record.protocol.events_of_special_interest or []
    ]
    terms: dict[str, list[Row]] = {}
    for row in events:
        terms.setdefault(term_of(row).casefold(), []).append(row)
    found = [Kind(TERM, term_of(rows[0]), rows) for rows in terms.values()]
    common = sorted(found, key=lambda kind: (-len({row["USUBJID"] for row in kind.rows}), kind.label.casefold()))
    return [*([Kind(ANY, "Any adverse event", events)] if events else []), *special, *common]


def _is_special(row: Row, category: str, terms: list[str]) -> bool:
    wanted = {term.casefold() for term in terms}
    said = {(row[name] or "").casefold() for name in ("AEDECOD", "AETERM")}
    return (row["AESCAT"] or "").casefold() == category.casefold() or bool(wanted & said)


def exposed(record: Record, subjects: list[Subject]) -> list[Subject]:
    """Subjects who had an infusion, dated or not, and all of an arm that is not to have one: else nothing could be compared."""
    given = infusions_of(record)
    arms = dict(record.frame("DM").select("USUBJID", "ARMCD").iter_rows())
    return [subject for subject in subjects if subject.id in given or not record.protocol.is_treated(arms[subject.id])]


def term_of(row: Row) -> str:
    """The event in words: its standardised term, else as reported."""
    return capital(row["AEDECOD"] or row["AETERM"] or "event not named")


def grade_of(row: Row) -> int | None:
    """The toxicity grade; None where there is none or it cannot be read."""
    text = (row["AETOXGR"] or "").strip()
    return int(text) if text.isdecimal() else None

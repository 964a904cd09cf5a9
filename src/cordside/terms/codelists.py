"""Is this a term of that list, what does it mean, and which term was probably meant.

The lists are CDISC's (`_codelists.csv`), with the sponsor's own terms and lists beside them (`sponsor.csv`). A list named
in JOINED has no file of its own: its variable takes terms from several lists.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from cordside.terms.tables import block_rows, blocks_of

JOINED = {
    "DDTESTCD": ("DTHDXCD",),
    "DSDECOD": ("NCOMPLT", "PROTMLST", "OTHEVENT"),
    "FTTESTCD": ("SIXMW1TC",),
    "ISBDAGNT": ("ISBDAGT", "MICROORG"),
    "MBTSTDTL": ("MBFTSDTL",),
    "QSTESTCD": ("SF361TC", "SF363TC"),
    "RSCAT": ("CCCAT",),
    "RSTESTCD": ("SEVTESTS", "NEWS1TC", "SOFA01TC", "APCH1TC"),
}

_FILES = ("_codelists.csv", "sponsor.csv")
_LONGEST = 200  # a longer text is no misspelt term, and comparing it would take minutes
_SHORTEST_BEGINNING = 4  # fewer letters begin too many names


@dataclass(frozen=True)
class Term:
    """One term: submission value, C-code ("" for the sponsor's own), name, whether the sponsor's, other spellings."""

    value: str
    code: str
    name: str
    sponsor: bool
    synonyms: tuple[str, ...] = ()


@cache
def names() -> list[str]:
    """Names of all codelists, sorted."""
    return sorted({name for file in _FILES for name in blocks_of(file) if name} | set(JOINED))


@cache
def terms_of(codelist: str) -> dict[str, Term]:
    """Terms of a codelist by submission value; KeyError when there is no such list."""
    return {term.value: term for part in _parts(codelist) for term in _read(part)}


@cache
def is_extensible(codelist: str) -> bool:
    """May a sponsor add terms to this list? KeyError when there is no such list."""
    return any(row["extensible"] == "Y" for part in _parts(codelist) for row in _first_rows(part))


def is_term(codelist: str, value: str) -> bool:
    """Is the value a term of the list, spelt exactly so? KeyError when there is no such list."""
    return value in terms_of(codelist)


def decode(codelist: str, value: str) -> str:
    """The name of a term, or the value itself where the list does not have it; KeyError when there is no such list."""
    term = terms_of(codelist).get(value)
    return term.name if term else value


@lru_cache(maxsize=1024)
def nearest(codelist: str, value: str) -> str | None:
    """The term that was probably meant: by value, name or other spelling, whatever the case; None when nothing is near.

    "leukocytes" in LBTESTCD gives WBC, "femail" in SEX gives F. KeyError when there is no such list.
    """
    meant = value.strip().casefold()
    spellings = _spellings(codelist)
    if not meant or len(meant) > _LONGEST:
        return None
    return spellings.get(meant) or _begun(meant, spellings) or _close(meant, codelist, spellings)


def _begun(meant: str, spellings: dict[str, str]) -> str | None:
    if len(meant) < _SHORTEST_BEGINNING:
        return None
    whole = min((s for s in spellings if s.startswith(meant)), key=len, default=None)
    return spellings[whole] if whole else None


def _close(meant: str, codelist: str, spellings: dict[str, str]) -> str | None:
    # Values first: among thousands of names something always looks like a short code with two letters swapped.
    values = [value.casefold() for value in terms_of(codelist)]
    close = [value for value in values if sorted(value) == sorted(meant)]
    close = (
        close or difflib.get_close_matches(meant, values, n=1, cutoff=0.6) or difflib.get_close_matches(meant, spellings, n=1, cutoff=0.75)
    )
    return spellings[close[0]] if close else None


@cache
def _spellings(codelist: str) -> dict[str, str]:
    found: dict[str, str] = {}
    terms = terms_of(codelist).values()
    # A value goes before a name and a name before a synonym: in UNIT "AU/mL" is a value of its own and a synonym of another.
    for spelt in ({t.value: t.value for t in terms}, {t.name: t.value for t in terms}, {s: t.value for t in terms for s in t.synonyms}):
        for spelling, value in spelt.items():
            found.setdefault(spelling.casefold(), value)
    return found


def _parts(codelist: str) -> tuple[str, ...]:
    if codelist in JOINED:
        return JOINED[codelist]
    if not codelist or not any(codelist in blocks_of(file) for file in _FILES):
        raise KeyError(codelist)
    return (codelist,)


def _read(codelist: str) -> Iterator[Term]:
    for file in _FILES:
        for row in block_rows(file, codelist):
            synonyms = tuple(filter(None, row["synonyms"].split("; ")))
            yield Term(row["value"], row["code"], row["name"], file == "sponsor.csv", synonyms)


def _first_rows(codelist: str) -> Iterator[dict[str, str]]:
    # CDISC's row comes first: a sponsor's term does not open a closed list.
    yield from [row for file in _FILES for row in block_rows(file, codelist)][:1]

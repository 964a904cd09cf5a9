"""The Single European Code of tissues and cells: Directive 2006/86/EC Annex VII, as amended by (EU) 2015/565."""

import re
from dataclasses import dataclass
from datetime import date

from cordside.errors import CannotDo
from cordside.product.refusals import Refusal

LENGTH = 40
_DONATION = 21
SYSTEMS = {"E": "EUTC", "A": "ISBT 128", "B": "Eurocode"}
_SYNTAX = re.compile(
    r"(?P<country>[A-Z]{2})(?P<establishment>[A-Z0-9]{6})(?P<donation>[A-Z0-9]{13})"
    r"(?P<system>[EAB])(?P<product>[A-Z0-9]{7})(?P<split>[A-Z0-9]{3})(?P<expiry>\d{8})",
    re.ASCII,
)
_ALLOWED = "40 characters: country 2, establishment 6, donation 13, system E, A or B, product 7, split 3, expiry 8 (YYYYMMDD or zeros)"


@dataclass(frozen=True, slots=True)
class Sec:
    """The parts of a code. expiry: None where the code has eight zeros."""

    country: str
    establishment: str
    donation: str
    system: str
    product: str
    split: str
    expiry: date | None


def sec_refusals(text: str) -> list[Refusal]:
    """wrong_length where the code, blanks left out, has not 40 characters."""
    code = _without_blanks(text)
    if len(code) == LENGTH:
        return []
    why = f"Single European Code {text}: {len(code)} characters; 40 are needed"
    return [Refusal("wrong_length", why, _ALLOWED, "scan or copy the whole code: 21 characters of the donation, 19 of the product")]


def parse_sec(text: str) -> Sec:
    """The parts of a code; CannotDo where it is none."""
    match = _SYNTAX.fullmatch(_without_blanks(text))
    if match is None:
        raise CannotDo(f"Single European Code {text}: not of its form; {_ALLOWED}; check it against the label.")
    country, establishment, donation, system, product, split, expiry = match.groups()
    return Sec(country, establishment, donation, system, product, split, _date(expiry, text))


def shown_code(code: str) -> str:
    """A label code as it is printed for the eye: the two blocks of a Single European Code apart, any other as it is."""
    return f"{code[:_DONATION]} {code[_DONATION:]}" if _SYNTAX.fullmatch(code) else code


def _date(digits: str, text: str) -> date | None:
    if digits == "0" * 8:
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise CannotDo(f"Single European Code {text}: expiry {digits} is not in the calendar; YYYYMMDD or zeros; check it.") from None


def _without_blanks(text: str) -> str:
    return "".join(text.split())

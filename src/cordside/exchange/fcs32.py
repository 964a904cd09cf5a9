"""What FCS 3.2 needs of its own: its TEXT, and a type for each parameter ($PnDATATYPE).

Supported are list-mode events of integers of whole bytes, floats and doubles, mixed as the file likes.
Source: Spidlen and others, Cytometry A 2021;99:100–102.
"""

from cordside.errors import CannotDo
from cordside.exchange.fcskeywords import keywords_of


def keywords(raw: bytes, name: str) -> dict[str, str]:
    """Keywords of a TEXT segment in lower case and without their $, with their values.

    The first byte parts keywords from values; doubled, it stands for itself. CannotDo when the text is not UTF-8.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise CannotDo(f"{name}: TEXT is not UTF-8, which FCS 3.2 asks for; export the file again.") from None
    return keywords_of(text)


def types(text: dict[str, str], count: int, name: str) -> list[str]:
    """The type of each parameter, I, F or D; CannotDo for another."""
    found = [text.get(f"p{number}datatype", text.get("datatype", "")).strip().upper() for number in range(1, count + 1)]
    for number, kind in enumerate(found, 1):
        if kind not in ("I", "F", "D"):
            words = f"parameter {number} holds events of type {kind or 'not stated'}"
            raise CannotDo(f"{name}: {words}; I (integers), F and D (floats) can be read; export the file as F.")
    return found

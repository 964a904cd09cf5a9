"""An FCS data set as bytes: HEADER, TEXT with the offsets it needs, DATA as given."""

from collections.abc import Mapping

_MARK = "\f"
"""Parts keywords from values; no channel name holds it."""
_TEXT_STARTS = 256
_DIGITS = 12
_HEADER_ENDS = 99_999_999


def fcs_bytes(keywords: Mapping[str, str], data: bytes, version: str = "3.1") -> bytes:
    """One data set.

    keywords: as written ($PAR, $P1N, ...), without those of offsets; empty values are left out, as the standard asks. data: the events
    as $DATATYPE, $BYTEORD and $PnB say.
    """
    text = _text(keywords, 0, 0)
    begin = _TEXT_STARTS + len(text)
    end = begin + len(data) - 1
    text = _text(keywords, begin, end)
    in_header = (begin, end) if end <= _HEADER_ENDS else (0, 0)
    places = (_TEXT_STARTS, begin - 1, *in_header, 0, 0)
    header = f"FCS{version}    ".encode() + b"".join(f"{place:>8}".encode() for place in places)
    return header.ljust(_TEXT_STARTS) + text + data


def _text(keywords: Mapping[str, str], begin: int, end: int) -> bytes:
    offsets = {"$BEGINDATA": f"{begin:0{_DIGITS}}", "$ENDDATA": f"{end:0{_DIGITS}}"}
    none = dict.fromkeys(("$BEGINANALYSIS", "$ENDANALYSIS", "$BEGINSTEXT", "$ENDSTEXT", "$NEXTDATA"), "0")
    given = {key: value for key, value in keywords.items() if value}
    pairs = (none | given | offsets).items()
    return (_MARK + "".join(f"{key}{_MARK}{value.replace(_MARK, _MARK * 2)}{_MARK}" for key, value in pairs)).encode()

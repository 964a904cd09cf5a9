"""TEXT of an FCS data set: keywords in lower case and without their $, whatever mark parts them.

FCS 2.0, 3.0 and 3.1 that our reader cannot make sense of are asked of FlowIO before they are refused.
"""

import re
import struct
from pathlib import Path
from typing import BinaryIO

from flowio import FlowData
from flowio.exceptions import FCSParsingError

from cordside.errors import CannotDo
from cordside.exchange import fcs32
from cordside.exchange.fcsheader import Header
from cordside.exchange.fcskeywords import keywords_of

_BROKEN = (FCSParsingError, LookupError, ValueError, TypeError, EOFError, ArithmeticError, NotImplementedError, struct.error, re.error)
"""What FlowIO raises when a file is not what it says."""
_NEEDED = ("par", "tot", "datatype", "byteord", "mode")


def read_text(path: Path, file: BinaryIO, header: Header, name: str) -> dict[str, str]:
    """Keywords of a data set; CannotDo when TEXT cannot be understood or lacks a keyword without which no event can be read."""
    first, last = header.text
    file.seek(header.start + first)
    raw = file.read(last - first + 1)
    text = {"mode": "L"} | fcs32.keywords(raw, name) if header.version == "3.2" else keywords_of(_decoded(raw))
    if header.version != "3.2" and _missing(text):
        text = _by_flowio(path, header, name)
    missing = _missing(text)
    if missing:
        raise CannotDo(f"{name}: TEXT lacks {', '.join(missing)}; without it no event can be read; export the file again.")
    return text


def _missing(text: dict[str, str]) -> list[str]:
    return [f"${key.upper()}" for key in _NEEDED if not text.get(key, "").strip()]


def _decoded(raw: bytes) -> str:
    """UTF-8 as FCS 3.1 asks for, else Latin-1, which makers of old files wrote."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _by_flowio(path: Path, header: Header, name: str) -> dict[str, str]:
    # Disagreeing offsets are our own matter: see fcs.py.
    try:
        with path.open("rb") as file:
            data = FlowData(file, only_text=True, ignore_offset_discrepancy=True, nextdata_offset=header.start)
    except _BROKEN as error:
        words = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error).removeprefix(str(path)).strip()
        shown = f"cannot be read as FCS {header.version}: {words}"
        raise CannotDo(f"{name}: {shown}; it is truncated or damaged; copy it from the cytometer again.") from None
    return dict(data.text)


def whole_number(text: dict[str, str], key: str, name: str) -> int:
    """A keyword's value as a whole number from 0; CannotDo when it is none."""
    value = text.get(key, "").strip()
    if not (value.isascii() and value.isdigit()):
        raise CannotDo(f"{name}: ${key.upper()} is {value!r}; a whole number is allowed; the file is damaged.")
    return int(value)


def real_number(text: dict[str, str], key: str, name: str, default: float) -> float:
    """A keyword's value as a finite number, or the default where it is absent or blank; CannotDo when it is none."""
    value = text.get(key, "").strip()
    if not value:
        return default
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if number - number != 0:
        raise CannotDo(f"{name}: ${key.upper()} is {value!r}; a number is allowed; the file is damaged.")
    return number

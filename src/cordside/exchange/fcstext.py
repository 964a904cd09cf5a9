"""TEXT of an FCS data set: keywords by FlowIO for FCS 2.0, 3.0 and 3.1 (whatever their delimiter and encoding), by our own reader for 3.2.

Keywords are in lower case and without their $, as FlowIO gives them.
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

_BROKEN = (FCSParsingError, LookupError, ValueError, TypeError, EOFError, ArithmeticError, NotImplementedError, struct.error, re.error)
"""What FlowIO raises when a file is not what it says."""
_NEEDED = ("par", "tot", "datatype", "byteord", "mode")


def read_text(path: Path, file: BinaryIO, header: Header, name: str) -> dict[str, str]:
    """Keywords of a data set; CannotDo when TEXT cannot be understood or lacks a keyword without which no event can be read."""
    text = _version_3_2(file, header, name) if header.version == "3.2" else _by_flowio(path, header, name)
    if header.version == "3.2":
        text.setdefault("mode", "L")
    missing = [f"${key.upper()}" for key in _NEEDED if not text.get(key, "").strip()]
    if missing:
        raise CannotDo(f"{name}: TEXT lacks {', '.join(missing)}; without it no event can be read; export the file again.")
    return text


def _version_3_2(file: BinaryIO, header: Header, name: str) -> dict[str, str]:
    first, last = header.text
    file.seek(header.start + first)
    return fcs32.keywords(file.read(last - first + 1), name)


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

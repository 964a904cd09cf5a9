"""The HEADER of an FCS data set: its version and where its segments lie. Nothing is read before the places are known to be in the file."""

from dataclasses import dataclass
from typing import BinaryIO

from cordside.errors import CannotDo

VERSIONS = ("2.0", "3.0", "3.1", "3.2")
_LENGTH = 58

Place = tuple[int, int]
"""First and last byte of a segment, counted from the start of its data set; (0, 0) where the HEADER leaves it to TEXT."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where a data set begins in its file, its version, and its segments by the HEADER."""

    start: int
    version: str
    text: Place
    data: Place


def read_header(file: BinaryIO, name: str, size: int, start: int = 0) -> Header:
    """The HEADER at a byte of a file.

    name: how errors call the file; size: of the file, bytes; start: where the data set begins. CannotDo when it is no FCS, of an
    unknown version, or says that TEXT lies beyond the end of the file.
    """
    file.seek(start)
    raw = file.read(_LENGTH)
    if raw[:3] != b"FCS":
        if start:
            words = f"$NEXTDATA points to byte {start:,}, where no data set begins"
            raise CannotDo(f"{name}: {words}; FCS is allowed there; read the one before it with --data-set 1.")
        what = "is no FCS file: it does not begin with FCS" if raw else "is empty"
        raise CannotDo(f"{name}: {what}; give the file as the cytometer wrote it.")
    version = raw[3:6].decode("latin-1")
    if version not in VERSIONS:
        raise CannotDo(f"{name}: FCS version {version!r} is not known; versions are {', '.join(VERSIONS)}; export the file in one of them.")
    if len(raw) < _LENGTH:
        raise CannotDo(f"{name}: ends inside its HEADER after {len(raw)} bytes; it is truncated; copy it from the cytometer again.")
    header = Header(start, version, _place(raw, 10, name, "TEXT"), _place(raw, 26, name, "DATA"))
    first, last = header.text
    if not _LENGTH <= first < last:
        raise CannotDo(f"{name}: the HEADER puts TEXT at bytes {first} to {last}; it stands after byte {_LENGTH}; the file is damaged.")
    check_inside(name, "TEXT", header.text, start, size)
    return header


def check_inside(name: str, segment: str, place: Place, start: int, size: int) -> None:
    """CannotDo when a segment ends beyond the end of its file."""
    last = start + place[1]
    if last >= size:
        words = f"{segment} ends at byte {last:,}, but the file has {size:,} bytes"
        raise CannotDo(f"{name}: {words}; it is truncated, or its offsets are wrong; copy it from the cytometer again.")


def _place(raw: bytes, at: int, name: str, segment: str) -> Place:
    fields = [raw[at : at + 8], raw[at + 8 : at + 16]]
    try:
        first, last = (int(field) for field in fields)
    except ValueError:
        shown = " and ".join(repr(field.decode("latin-1")) for field in fields)
        raise CannotDo(f"{name}: the HEADER puts {segment} at {shown}; two whole numbers are allowed; the file is damaged.") from None
    return first, last

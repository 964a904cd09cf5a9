"""FCS 2.0, 3.0, 3.1 and 3.2 → events. Nothing is allocated before the file is known to hold what it says.

The HEADER and TEXT both say where the events lie. Where they disagree the file is refused, unless the caller says which to believe.
"""

import hashlib
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from cordside.errors import CannotDo
from cordside.exchange.fcsdata import parameters, read_table
from cordside.exchange.fcsheader import Header, Place, check_inside, read_header
from cordside.exchange.fcstext import read_text, real_number, whole_number
from cordside.exchange.spillover import spillover_of
from cordside.product.cytometry.compensation import Spillover
from cordside.product.cytometry.events import Channel, Events

BELIEVE = ("agree", "text", "header")
"""Whose offsets hold: they must agree, or one of them is believed."""
_MOST_SETS = 10_000
_CHUNK = 1 << 20


@dataclass(frozen=True)
class DataSet:
    """One data set of a file: its keywords (lower case, without $), where its events lie in the file, and the events."""

    name: str
    version: str
    text: dict[str, str]
    place: Place
    events: Events


def read_fcs(path: Path, *, believe: str = "agree", data_set: int | None = None) -> DataSet:
    """Read the events of an FCS file.

    believe: which offsets hold where HEADER and TEXT disagree, one of BELIEVE; data_set: which one (from 1) of a file with several.
    CannotDo when the file is none, is damaged or truncated, holds no events or several data sets, or stores what is not read.
    """
    with _opened(path) as (file, size):
        # Whoever names a data set is not stopped by one behind it that is damaged.
        found = list(islice(_headers(path, file, size), data_set if data_set and data_set > 0 else None))
        header, text = found[_chosen(len(found), data_set, path.name) - 1]
        place = _data_place(header, text, believe, size, path.name)
        table = read_table(path, text, header.version, place, path.name)
    channels = tuple(_channels(text, path.name))
    return DataSet(path.name, header.version, text, place, Events(channels, table, *_spill(text, channels, path.name)))


def _spill(text: dict[str, str], channels: tuple[Channel, ...], name: str) -> tuple[Spillover | None, str]:
    """The file's matrix, and why it cannot be read: a tube that is not compensated by it may still be counted."""
    try:
        return spillover_of(text, [one.name for one in channels], [one.label for one in channels], name), ""
    except CannotDo as error:
        return None, str(error)


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, as hex; CannotDo when it cannot be read."""
    digest = hashlib.sha256()
    with _opened(path) as (file, _):
        while part := file.read(_CHUNK):
            digest.update(part)
    return digest.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    try:
        with path.open("rb") as file:
            yield file, path.stat().st_size
    except OSError as error:
        raise CannotDo(f"{path}: {(error.strerror or 'cannot be read').lower()}; name a readable file.") from None


def _headers(path: Path, file: BinaryIO, size: int) -> Iterator[tuple[Header, dict[str, str]]]:
    """HEADER and TEXT of each data set; $NEXTDATA counts from the start of its own data set."""
    start = 0
    for _ in range(_MOST_SETS):
        header = read_header(file, path.name, size, start)
        text = read_text(path, file, header, path.name)
        yield header, text
        step = whole_number(text, "nextdata", path.name) if text.get("nextdata", "").strip() else 0
        if not step:
            return
        start += step
        if start >= size:
            raise CannotDo(f"{path.name}: $NEXTDATA points to byte {start:,}, but the file has {size:,}; it is truncated; copy it again.")


def _chosen(count: int, asked: int | None, name: str) -> int:
    if count == 1:
        return 1
    if asked is None:
        raise CannotDo(f"{name}: holds {count} data sets; one tube is read at a time; say which one, from 1 to {count}.")
    if not 0 < asked <= count:
        raise CannotDo(f"{name}: has no data set {asked}; 1 to {count} are there; name one of them.")
    return asked


def _data_place(header: Header, text: dict[str, str], believe: str, size: int, name: str) -> Place:
    """First and last byte of the events in the file, once HEADER and TEXT agree or one of them is believed."""
    place = _believed(header, text, believe, size, name)
    if not 0 < place[0] <= place[1] and whole_number(text, "tot", name):
        words = f"DATA is put at bytes {place[0]:,} to {place[1]:,}"
        raise CannotDo(f"{name}: {words}; an end after its start is allowed; the file is damaged.")
    # Where the byte after the last one is named, it may be the end of the file; $TOT then decides.
    last = place[1] - 1 if header.start + place[1] == size else place[1]
    check_inside(name, "DATA", (place[0], last), header.start, size)
    return header.start + place[0], header.start + place[1]


def _believed(header: Header, text: dict[str, str], believe: str, size: int, name: str) -> Place:
    if header.version == "2.0" or believe == "header":
        return header.data
    by_text = whole_number(text, "begindata", name), whole_number(text, "enddata", name)
    # From 100 MB on the HEADER has no room and says 0.
    silent = header.data == (0, 0)
    if believe == "text" or silent or by_text == header.data:
        return by_text
    if header.start + min(header.data[1], by_text[1]) > size:
        # Neither can be right: the file is shorter than both say.
        check_inside(name, "DATA", header.data, header.start, size)
    words = f"HEADER puts the events at bytes {header.data[0]:,} to {header.data[1]:,}, TEXT at {by_text[0]:,} to {by_text[1]:,}"
    raise CannotDo(f"{name}: {words}; the two must agree; find out which is right and say so with --offsets header or --offsets text.")


def _channels(text: dict[str, str], name: str) -> Iterator[Channel]:
    for number in range(1, parameters(text, name) + 1):
        own = {key: text.get(f"p{number}{key}", "") for key in "ns"}
        decades, zero = _amplification(text.get(f"p{number}e", ""), number, name)
        time = own["n"].strip().lower() == "time"
        yield Channel(
            number=number,
            name=own["n"].strip(),
            label=own["s"].strip(),
            top=real_number(text, f"p{number}r", name, 0.0) or math.inf,
            decades=decades,
            zero=zero,
            # Some makers give the clock a gain, which has no meaning.
            gain=1.0 if time else real_number(text, f"p{number}g", name, 1.0),
            step=real_number(text, "timestep", name, 1.0) if time else 1.0,
        )


def _amplification(value: str, number: int, name: str) -> tuple[float, float]:
    """Decades and the value of channel 0 of $PnE; a zero there stands for 1 (FCS 3.1, 3.2.20)."""
    parts = value.split(",") if value.strip() else ["0", "0"]
    try:
        decades, zero = (float(part) for part in parts)
    except ValueError:
        decades = zero = math.nan
    if not (0 <= decades < math.inf and 0 <= zero < math.inf):
        raise CannotDo(f"{name}: $P{number}E is {value!r}; two numbers from 0 are allowed, such as 0,0 or 4,1; the file is damaged.")
    return decades, zero or 1.0 if decades else 0.0

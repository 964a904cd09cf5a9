"""The events of an FCS data set as one array over the file: no event is copied unless its integers need a mask or an odd width."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordside.errors import CannotDo
from cordside.exchange import fcs32
from cordside.exchange.fcsheader import Place
from cordside.exchange.fcstext import real_number, whole_number

_FLOATS = {"F": ("f4", 32), "D": ("f8", 64)}
_MOST_PARAMETERS = 10_000


def read_table(path: Path, text: dict[str, str], version: str, place: Place, name: str) -> NDArray[Any]:
    """Events × parameters; a structured array with fields p1, p2, ... where the types differ.

    place: first and last byte of the events in the file. CannotDo when the place and the keywords do not agree, or when the events
    are of a kind that is not read (histograms, ASCII, integers that do not fill whole bytes).
    """
    count = parameters(text, name)
    kinds = _kinds(text, version, count, name)
    layout = np.dtype([(f"p{at}", kind) for at, kind in enumerate(kinds, 1)])
    total = _event_count(text, layout.itemsize, place, name)
    masks = [_mask(text, number, layout[number - 1], name) for number in range(1, count + 1)]
    if any(masks) or any(layout[at].kind == "V" for at in range(count)):
        rows = np.memmap(path, dtype=layout, mode="r", offset=place[0], shape=(total,))
        return _plain(rows, masks, _order(text, name))
    alike = len(set(kinds)) == 1
    mapped = np.memmap(path, dtype=layout[0] if alike else layout, mode="r", offset=place[0], shape=(total, count) if alike else (total,))
    # A plain array over the map: every slice of a memmap costs as much as reading it.
    return mapped.view(np.ndarray)


def parameters(text: dict[str, str], name: str) -> int:
    """Number of parameters; CannotDo when it is none, absurd, or not all are named."""
    count = whole_number(text, "par", name)
    if not 0 < count <= _MOST_PARAMETERS:
        raise CannotDo(f"{name}: $PAR is {count:,}; 1 to {_MOST_PARAMETERS:,} parameters are allowed; the file is damaged.")
    unnamed = [str(number) for number in range(1, count + 1) if f"p{number}n" not in text]
    if unnamed:
        raise CannotDo(f"{name}: $PAR is {count}, but $PnN is missing for {', '.join(unnamed[:10])}; the file is damaged.")
    return count


def _kinds(text: dict[str, str], version: str, count: int, name: str) -> list[str]:
    """numpy's word for the type of each parameter as stored."""
    if text["mode"].strip().upper() != "L":
        raise CannotDo(f"{name}: $MODE is {text['mode'].strip()}; only list mode (L) holds single events; export the events.")
    kinds = fcs32.types(text, count, name) if version == "3.2" else [text["datatype"].strip().upper()] * count
    return [_kind(text, number, kind, _order(text, name), name) for number, kind in enumerate(kinds, 1)]


def _kind(text: dict[str, str], number: int, kind: str, order: str, name: str) -> str:
    if kind == "A" or kind not in ("I", *_FLOATS):
        raise CannotDo(f"{name}: $DATATYPE is {kind}; I (integers), F and D (floats) can be read; export the file as F.")
    bits = whole_number(text, f"p{number}b", name)
    if kind in _FLOATS:
        word, wanted = _FLOATS[kind]
        if bits != wanted:
            raise CannotDo(f"{name}: $P{number}B is {bits}; {wanted} bits are allowed for type {kind}; the file is damaged.")
        return order + word
    if bits % 8 or not 0 < bits <= 64:
        raise CannotDo(f"{name}: $P{number}B is {bits}; integers of whole bytes up to 64 bits can be read; export the file as F.")
    return f"{order}u{bits // 8}" if bits in (8, 16, 32, 64) else f"V{bits // 8}"


def _order(text: dict[str, str], name: str) -> str:
    bytes_ = [part.strip() for part in text["byteord"].split(",")]
    rising = [str(number) for number in range(1, len(bytes_) + 1)]
    if bytes_ not in (rising, rising[::-1]):
        raise CannotDo(f"{name}: $BYTEORD is {text['byteord']}; 1,2,3,4 or 4,3,2,1 can be read; export the file again.")
    return "<" if bytes_ == rising else ">"


def _event_count(text: dict[str, str], size: int, place: Place, name: str) -> int:
    total, room = whole_number(text, "tot", name), place[1] - place[0] + 1
    if total == 0:
        raise CannotDo(f"{name}: holds no events ($TOT is 0); nothing can be counted; acquire the tube again.")
    # Several makers name the byte after the last one; $TOT tells how long the segment is.
    if room not in (total * size, total * size + 1):
        words = f"$TOT is {total:,} events of {size} bytes, which need {total * size:,} bytes, but DATA has {room:,}"
        raise CannotDo(f"{name}: {words}; the two must agree; the file is truncated or damaged.")
    return total


def _mask(text: dict[str, str], number: int, kind: np.dtype[Any], name: str) -> int:
    """The bits of an integer that count, where $PnR says that not all do (its next power of two); else 0."""
    if kind.kind == "f":
        return 0
    top = int(real_number(text, f"p{number}r", name, 0.0))
    bits = (top - 1).bit_length() if top > 1 else 0
    return (1 << bits) - 1 if 0 < bits < 8 * kind.itemsize else 0


def _plain(rows: NDArray[Any], masks: list[int], order: str) -> NDArray[Any]:
    """Events × parameters with odd widths made whole and bits that do not count set to zero."""
    fields = [rows[field] for field in rows.dtype.names or ()]
    narrow = all(one.dtype.kind != "f" and one.dtype.itemsize <= 4 for one in fields)
    table = np.empty((len(rows), len(fields)), dtype=np.uint32 if narrow else np.float64)
    for at, (column, mask) in enumerate(zip(fields, masks, strict=True)):
        whole = _whole(column, order) if column.dtype.kind == "V" else column
        table[:, at] = whole & whole.dtype.type(mask) if mask else whole
    return table


def _whole(column: NDArray[Any], order: str) -> NDArray[np.uint64]:
    """Integers of three, five, six or seven bytes."""
    width = column.dtype.itemsize
    digits = np.ascontiguousarray(column).view(np.uint8).reshape(-1, width)
    total = np.zeros(len(column), dtype=np.uint64)
    for at in range(width) if order == ">" else reversed(range(width)):
        total = (total << np.uint64(8)) | digits[:, at]
    return total

"""The spillover matrix that an FCS file names: $SPILLOVER, SPILL or $COMP."""

from cordside.errors import CannotDo
from cordside.product.cytometry.compensation import Spillover

KEYWORDS = ("spillover", "spill", "comp")
"""In the order in which they are looked for."""


def spillover_of(text: dict[str, str], names: list[str], labels: list[str], name: str) -> Spillover | None:
    """The matrix of a file's keywords, or None where there is none.

    text: keywords in lower case; names and labels: of all channels. CannotDo when it cannot be read or names an unknown channel.
    """
    keyword = next((key for key in KEYWORDS if text.get(key, "").strip()), None)
    if keyword is None:
        return None
    parts = [part.strip() for part in text[keyword].split(",")]
    where = f"{name}: ${keyword.upper()}"
    size = _size(parts[0], len(names), where)
    if len(parts) == 1 + size + size * size:
        detectors = tuple(_channel(word, names, labels, where) for word in parts[1 : 1 + size])
    elif keyword == "comp" and len(parts) == 1 + size * size and size == len(names):
        # FCS 3.0 lets $COMP speak of all parameters in their order, without names.
        detectors = tuple(names)
    else:
        words = f"begins with {size} and goes on with {len(parts) - 1} parts"
        raise CannotDo(f"{where} {words}; {size} names and {size * size} numbers are allowed; compensate with a matrix of your own.")
    numbers = [_number(part, where) for part in parts[len(parts) - size * size :]]
    matrix = tuple(tuple(numbers[at : at + size]) for at in range(0, size * size, size))
    if len(set(detectors)) < size:
        raise CannotDo(f"{where} names a channel twice; name each once, or compensate with a matrix of your own.")
    return Spillover(detectors, detectors, matrix)


def _size(word: str, most: int, where: str) -> int:
    if not (word.isascii() and word.isdigit() and 0 < int(word) <= most):
        raise CannotDo(f"{where} begins with {word!r}; the number of its channels, 1 to {most}, is allowed; the file is damaged.")
    return int(word)


def _number(word: str, where: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = float("nan")
    if value - value != 0:
        raise CannotDo(f"{where} holds {word!r}; numbers with a point are allowed; the file is damaged.")
    return value


def _channel(word: str, names: list[str], labels: list[str], where: str) -> str:
    """$PnN of a channel that the matrix names by $PnN, $PnS or its number."""
    if word in names:
        return word
    if word in labels:
        return names[labels.index(word)]
    if word.isascii() and word.isdigit() and 0 < int(word) <= len(names):
        return names[int(word) - 1]
    known = f"channels are {', '.join(names)}"
    raise CannotDo(f"{where} names {word}, which is no channel of the file; {known}; compensate with a matrix of your own.")

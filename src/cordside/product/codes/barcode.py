"""Code 128 as a picture (SVG), for container labels. Letters, digits and signs of ASCII; digits in pairs where it saves room."""

import re

from cordside.errors import CannotDo

_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 "
    "223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 "
    "112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 "
    "311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 "
    "122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 "
    "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_WIDTHS = _TABLE.split()
"""Widths of bar, space, bar, … of each symbol value (ISO/IEC 15417); the last is the stop."""

_TO_C, _TO_B, _START_B, _START_C, _STOP = 99, 100, 104, 105, 106
_QUIET = 10
_HEIGHT = 40
_MODULE_MM, _WIDEST_MM, _HEIGHT_MM = 0.4, 80, 10


def symbols(text: str) -> list[int]:
    """Symbol values of a text: start, data, check, stop. CannotDo for an empty text and for what is not printable ASCII."""
    if not text or not all(" " <= character <= "~" for character in text):
        raise CannotDo(f"barcode of {text!r}: letters, digits and signs of ASCII are allowed; give the container such a code.")
    values: list[int] = []
    now = ""
    for digits, piece in _pieces(text):
        wanted = "C" if digits else "B"
        if wanted != now:
            values.append({"C": _TO_C, "B": _TO_B}[wanted] if now else {"C": _START_C, "B": _START_B}[wanted])
        now = wanted
        values += [int(piece[place : place + 2]) for place in range(0, len(piece), 2)] if digits else [ord(letter) - 32 for letter in piece]
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], 1))) % 103
    return [*values, check, _STOP]


def _pieces(text: str) -> list[tuple[bool, str]]:
    """Runs of digits long enough to go in pairs (four, at an end or whole; six within), and all between."""
    found: list[tuple[bool, str]] = []
    last = 0
    for match in re.finditer(r"\d+", text, re.ASCII):
        start, end = match.span()
        at_edge = start == 0 or end == len(text)
        if end - start < (4 if at_edge else 6):
            continue
        start += (end - start) % 2
        found += [(False, text[last:start]), (True, text[start:end])]
        last = end
    return [(digits, piece) for digits, piece in [*found, (False, text[last:])] if piece]


def code128_svg(text: str) -> str:
    """The barcode as SVG, one unit a module, with its quiet zones of ten modules; the text itself is printed by the label.

    A module is 0.4 mm wide, less where the whole would be wider than 80 mm.
    """
    bars, place = [], _QUIET
    for value in symbols(text):
        for at, width in enumerate(map(int, _WIDTHS[value])):
            if at % 2 == 0:
                bars.append(f"M{place} 0h{width}v{_HEIGHT}h-{width}z")
            place += width
    width = place + _QUIET
    printed = min(_WIDEST_MM, width * _MODULE_MM)
    size = f'viewBox="0 0 {width} {_HEIGHT}" width="{printed:g}mm" height="{_HEIGHT_MM}mm"'
    shape = 'preserveAspectRatio="none" shape-rendering="crispEdges"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {shape}><path d="{"".join(bars)}"/></svg>'

"""Code 128: every symbol is one of the standard's, and the text comes back from the bars."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.errors import CannotDo
from cordside.product.codes.barcode import _WIDTHS, code128_svg, symbols

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40)


def read(svg):
    """The text of a barcode, read from its bars by the rules of the standard."""
    edges = [(int(start), int(width)) for start, width in re.findall(r"M(\d+) 0h(\d+)v", svg)]
    assert edges[0][0] == 10
    widths = []
    for (start, width), (following, _) in itertools.pairwise([*edges, (edges[-1][0] + edges[-1][1], 0)]):
        widths += [width, following - start - width]
    text = "".join(map(str, widths[:-1]))
    assert text.endswith("2331112")
    values = [_WIDTHS.index(text[at : at + 6]) for at in range(0, len(text) - 7, 6)]
    *data, check = values
    assert check == (data[0] + sum(place * value for place, value in enumerate(data))) % 103
    now, found = {104: "B", 105: "C"}[data[0]], ""
    for value in data[1:]:
        if (now, value) in (("B", 99), ("C", 100)):
            now = "C" if now == "B" else "B"
        else:
            found += f"{value:02}" if now == "C" else chr(value + 32)
    return found


def test_the_table_holds_all_patterns_of_the_standard_once():
    patterns = {
        "".join(map(str, widths)) for widths in itertools.product(range(1, 5), repeat=6) if sum(widths) == 11 and sum(widths[::2]) % 2 == 0
    }
    assert set(_WIDTHS) - {"2331112"} == patterns - {"233111", "211133"}
    assert len(_WIDTHS) == len(set(_WIDTHS)) == 107


def test_a_known_text_has_its_known_check():
    assert symbols("PJJ123C") == [104, 48, 42, 42, 17, 18, 19, 35, 55, 106]
    assert symbols("1234") == [105, 12, 34, 82, 106]


@given(PRINTABLE)
def test_the_text_comes_back_from_the_bars(text):
    assert read(code128_svg(text)) == text


@given(st.text(st.sampled_from("0123456789A"), min_size=1, max_size=30))
def test_digits_in_pairs_come_back_too(text):
    assert read(code128_svg(text)) == text


@pytest.mark.parametrize("text", ["", "Beutel-ä", "a\n", "袋"])
def test_what_the_code_cannot_hold_is_said(text):
    with pytest.raises(CannotDo, match="barcode"):
        code128_svg(text)

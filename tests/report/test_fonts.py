"""Letters that no shipped font has."""

import warnings
from dataclasses import replace

import pytest

from cordside.report import fonts
from cordside.report.drawfigures import draw_figures
from cordside.report.figures import canvas
from cordside.report.fonts import cjk_font, has_cjk
from tests.report.sample import a_protocol, sample_rows


@pytest.mark.parametrize("text", ["武汉", "さくら", "한국", "ﾊﾝｶｸ", "100％"])
def test_chinese_japanese_and_korean_are_noticed(text):
    assert has_cjk(text)


@pytest.mark.parametrize("text", ["Wuhan", "10⁹/L", "µg ± ≥ ☐ ×", "Grüße", "σ-Ω", "–"])
def test_other_letters_are_not(text):
    assert not has_cjk(text)


def test_the_font_of_the_extra_is_found_without_changing_matplotlib():
    before = list(canvas.matplotlib.rcParams["font.family"])
    assert cjk_font().name.startswith("NotoSansCJK")
    assert list(canvas.matplotlib.rcParams["font.family"]) == before


def test_without_the_extra_a_figure_has_boxes_and_no_stream_of_warnings(monkeypatch):
    monkeypatch.setattr(canvas, "_families", lambda: ["DejaVu Sans"])
    rows = sample_rows()
    protocol = a_protocol()
    chinese = protocol.model_copy(update={"analyses": [item.model_copy(update={"title": "武汉"}) for item in protocol.analyses]})
    named = [replace(row, group_level="患者") for row in rows if row.analysis == "figure1"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = draw_figures(named, chinese, {})
    assert "<svg" in drawn[0].svg


def test_with_the_extra_the_letters_are_drawn(monkeypatch):
    named = [replace(row, group_level="患者") for row in sample_rows() if row.analysis == "figure1"]
    with_font = draw_figures(named, a_protocol(), {})[0].svg
    monkeypatch.setattr(canvas, "_families", lambda: ["DejaVu Sans"])
    assert draw_figures(named, a_protocol(), {})[0].svg != with_font


def test_the_words_about_a_missing_font_say_what_to_do():
    assert "pip install 'cordside[cjk]'" in fonts.MISSING

"""Type for Chinese, Japanese and Korean: an extra, because such a font is larger than all of Cordside."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_PACKAGE, _FILE, FAMILY = "notojp_matplotlib", "fonts/NotoSansCJKjp-Regular.otf", "Noto Sans CJK JP"
"""A package that holds Noto Sans CJK under the SIL Open Font License. Every ideograph is in it, in its Japanese shape."""

_CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\u30ff\u3130-\u318f\u31a0-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)

MISSING = (
    "Chinese, Japanese or Korean characters are printed as boxes in PDF and figures: no installed font has them; "
    "install one with: pip install 'cordside[cjk]'"
)


@cache
def cjk_font() -> Path | None:
    """The file of the font, or None where the extra is not installed."""
    # The package is only looked up: importing it would change the settings of matplotlib.
    spec = find_spec(_PACKAGE)
    homes = spec.submodule_search_locations if spec else None
    places = [Path(home) / _FILE for home in homes or []]
    return next((place for place in places if place.is_file()), None)


def has_cjk(text: str) -> bool:
    """Whether a text holds a Chinese, Japanese or Korean character."""
    return _CJK.search(text) is not None

"""What a person reads about a mistake in a recipe: line, key, what is wrong, what is allowed, what to do."""

from collections.abc import Mapping
from typing import Any

from cordside.errors import Problem
from cordside.yamlfile import Place, YamlFile
from cordside.yamlmistakes import place_in, problem_at, words_of

_KEYS = {
    (): ("format", "name", "version", "compensation", "channels", "scales", "controls", "gates", "thresholds", "markers")
    + ("viability", "panel", "background_subtraction", "level"),
    ("gates",): ("id", "parent", "polygon", "box", "quotient", "negative", "positive"),
    ("thresholds",): ("fixed", "percentile", "polygon", "control"),
    ("markers",): ("parent", "names"),
    ("viability",): ("parent", "dye", "annexin"),
    ("panel",): ("marker", "operator", "limit", "blocking"),
    ("scales",): ("kind", "T", "W", "M", "A"),
    ("polygon",): ("x", "y", "points"),
    ("quotient",): ("of", "by", "low", "high"),
    ("compensation",): ("channels", "matrix"),
}
"""Known keys by the part they stand in (a test compares them with the declarations)."""


def problem_of(file: YamlFile, detail: Mapping[str, Any]) -> Problem:
    """The problem of one mistake that pydantic found."""
    place = place_in(file.data, tuple(detail["loc"]))
    return problem_at(file, place, words_of(detail, place, lambda: _keys_at(place)))


def _keys_at(place: Place) -> tuple[str, ...]:
    above = [part for part in place[:-1] if isinstance(part, str)]
    return next((_KEYS[key] for part in reversed(above) if (key := (part,)) in _KEYS), _KEYS[()])

"""The form appraisal/1: `vectors`, each with a kind, its inputs, what must come out and an absolute tolerance.

A kind is one entry of METHODS in a module of tests/reference/methods: (inputs, file) → numbers by name, compared with `expected`;
or one of CHECKS: (inputs, file, expected), which judges by itself. Inputs keep every number as the text it was written as.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.reference.methods import appraising, grids, printedps, rebuilding, spreads
from tests.reference.vectorfile import Case, VectorFile, assert_same

FORM = "appraisal/1"

METHODS: dict[str, Callable[[Any, VectorFile], Any]] = {
    **grids.METHODS,
    **spreads.METHODS,
    **printedps.METHODS,
    **appraising.METHODS,
    **rebuilding.METHODS,
}
CHECKS: dict[str, Callable[[Any, VectorFile, Any], None]] = {**appraising.CHECKS, **rebuilding.CHECKS}


def cases(file: VectorFile) -> Iterable[Case]:
    """One case a vector."""
    vectors = zip(file.document["vectors"], file.texts["vectors"], strict=True)
    return [
        Case(str(vector["id"]), _check(vector, as_written(vector.get("inputs"), texts.get("inputs")), file)) for vector, texts in vectors
    ]


def _check(vector: Mapping[str, Any], given: Any, file: VectorFile) -> Callable[[], None]:
    def check() -> None:
        kind, expected = vector["kind"], vector["expected"]
        known = sorted({*METHODS, *CHECKS})
        assert kind in known, f"kind {kind} is unknown; known are {', '.join(known)}"
        if kind in CHECKS:
            CHECKS[kind](given, file, expected)
        else:
            assert_same(METHODS[kind](given, file), expected, {"abs": float(vector.get("tol") or 0)})

    return check


def as_written(value: Any, text: Any) -> Any:
    """The value with every number as its text; nothing, yes and no stay what they are."""
    if isinstance(value, Mapping):
        return {str(key): as_written(one, text[other]) for (key, one), other in zip(value.items(), text, strict=True)}
    if isinstance(value, list):
        return [as_written(one, other) for one, other in zip(value, text, strict=True)]
    return value if value is None or isinstance(value, bool) else text

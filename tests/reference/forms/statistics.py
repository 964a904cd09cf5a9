"""The form statistics/1: `vectors`, each with a method, its convention, its input and what must come out.

A method is one entry of a dict in tests/reference/methods: (input, convention, expected) → numbers by name, or a list.
`expected` is passed because some methods are asked there at which times or levels to answer.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.reference.methods import comparing, counting, describing, models
from tests.reference.vectorfile import Case, VectorFile, assert_same

FORM = "statistics/1"

METHODS: dict[str, Callable[[dict[str, Any], dict[str, Any], Any], Any]] = {
    **describing.METHODS,
    **comparing.METHODS,
    **counting.METHODS,
    **models.METHODS,
}


def cases(file: VectorFile) -> Iterable[Case]:
    """One case a vector."""
    data = file.document.get("data") or {}
    return [Case(str(vector["id"]), _check(vector, data)) for vector in file.document["vectors"]]


def _check(vector: Mapping[str, Any], data: Mapping[str, Any]) -> Callable[[], None]:
    def check() -> None:
        method = vector["method"]
        assert method in METHODS, f"method {method} is unknown; known are {', '.join(sorted(METHODS))}"
        asked, convention = resolved(vector.get("input") or {}, data), resolved(vector.get("convention") or {}, data)
        expected = resolved(vector["expected"], data)
        assert_same(METHODS[method](asked, convention, expected), expected, vector.get("tolerance"))

    return check


def resolved(value: Any, data: Mapping[str, Any]) -> Any:
    """The value with "$name" and "$name.key" replaced by the entries of `data` they stand for."""
    if isinstance(value, str) and value.startswith("$"):
        found: Any = data
        for key in value[1:].split("."):
            assert key in found, f"{value} is not an entry under data"
            found = found[key]
        return resolved(found, data)
    if isinstance(value, Mapping):
        return {key: resolved(one, data) for key, one in value.items()}
    return [resolved(one, data) for one in value] if isinstance(value, list) else value

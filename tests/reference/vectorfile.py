"""A file of test vectors: its form, its cases, the files they name, and how a number is compared."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "vectors"


class _Loader(yaml.SafeLoader):
    """YAML in which 1e-9 is a number, as people write it, and a date stays the text it was."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+$"), list("-+0123456789"))


@dataclass(frozen=True)
class Case:
    """One test: its id, and a call that raises AssertionError when the case does not hold."""

    id: str
    check: Callable[[], None]


@dataclass(frozen=True)
class VectorFile:
    """A vector file as found on disk."""

    path: Path

    @cached_property
    def document(self) -> dict[str, Any]:
        """The file with numbers as numbers."""
        return self._loaded(_Loader)

    @cached_property
    def texts(self) -> dict[str, Any]:
        """The file with every scalar as the text it was written as (trailing zeros tell the decimals)."""
        return self._loaded(yaml.BaseLoader)

    def find(self, relative: str) -> Path:
        """A file that a case names: beside the folder above this file's, or among the repository's studies."""
        tried = [self.path.resolve().parents[1] / relative, ROOT / "studies" / relative]
        found = next((path for path in tried if path.exists()), None)
        assert found is not None, f"{relative} is neither {tried[0]} nor {tried[1]}"
        return found

    def _loaded(self, loader: type) -> dict[str, Any]:
        document = yaml.load(self.path.read_text(encoding="utf-8"), loader)
        assert isinstance(document, dict) and "form" in document, "a vector file begins with `form:`"
        return document


def files_of(paths: list[str]) -> list[VectorFile]:
    """The files that --vectors names (a folder stands for its *.yaml), or the repository's own."""
    found = [Path(path) for path in paths] or [OWN]
    files = [file for path in found for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    return [VectorFile(file) for file in dict.fromkeys(files)]


def assert_same(got: Any, expected: Any, tolerance: Mapping[str, Any] | str | None, where: str = "value") -> None:
    """Every expected entry is there and within |got - expected| <= max(rel * |expected|, abs); texts are equal."""
    if isinstance(expected, Mapping):
        assert isinstance(got, Mapping), f"{where}: {got!r} has no entries"
        for key, value in expected.items():
            assert key in got, f"{where}: {key} is missing; there are {', '.join(map(str, got))}"
            assert_same(got[key], value, tolerance, f"{where}.{key}")
    elif isinstance(expected, list):
        assert isinstance(got, (list, tuple)) and len(got) == len(expected), f"{where}: {got!r} is not a list of {len(expected)}"
        for place, (one, value) in enumerate(zip(got, expected, strict=True)):
            assert_same(one, value, tolerance, f"{where}[{place}]")
    else:
        assert _is_same(got, expected, tolerance), f"{where}: {got!r} is not {expected!r} within {tolerance}"


def _is_same(got: Any, expected: Any, tolerance: Mapping[str, Any] | str | None) -> bool:
    if expected is None or (isinstance(expected, float) and math.isnan(expected)):
        return got is None
    if got is None or tolerance == "text" or isinstance(expected, (str, bool)):
        return bool(got == expected)
    allowed = tolerance if isinstance(tolerance, Mapping) else {}
    limit = max(float(allowed.get("rel", 0)) * abs(float(expected)), float(allowed.get("abs", 0)))
    return bool(float(got) == float(expected) or abs(float(got) - float(expected)) <= limit)

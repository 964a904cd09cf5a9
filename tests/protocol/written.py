"""Protocols as the tests of this room write and spoil them."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from cordside.errors import Problem, ProblemsFound
from cordside.protocol.read import parse_protocol
from tests.studies.folders import RENMIN, SIMULATED, START, TWO_ARMS
from tests.support.folders import a_protocol

SHIPPED = {folder.name: (folder / "protocol.yaml").read_text(encoding="utf-8") for folder in (START, RENMIN, SIMULATED, TWO_ARMS)}
Place = tuple[str | int, ...]


def data_of(text: str) -> dict[str, Any]:
    """A protocol as nested dicts, lists and texts, read without Cordside."""
    return yaml.load(text, yaml.BaseLoader)


def places_in(data: Any, above: Place = ()) -> Iterator[Place]:
    """Every key and every entry of a list, each before what is below it."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield (*above, key)
        yield from places_in(value, (*above, key))


def at(data: Any, place: Place) -> Any:
    """What stands at a place."""
    for key in place:
        data = data[key]
    return data


def spoiled(data: dict[str, Any], place: Place, value: Any) -> dict[str, Any]:
    """A copy with another value at one place."""
    found = copy.deepcopy(data)
    at(found, place[:-1])[place[-1]] = value
    return found


def written(data: Any) -> str:
    """The text of a protocol; JSON is YAML."""
    return json.dumps(data, ensure_ascii=False, indent=1)


def mistakes(text: str) -> list[Problem]:
    """Every problem of a protocol's text, none when it is sound."""
    try:
        parse_protocol(text)
    except ProblemsFound as found:
        return list(found.problems)
    return []


def keys_at_fault(parts: str) -> list[str]:
    """Dotted keys of the problems of a protocol that has the given top-level keys."""
    return [problem.variable for problem in mistakes(a_protocol(parts))]


def the_mistake(parts: str) -> str:
    """The one problem of a protocol that has the given top-level keys, in words."""
    found = mistakes(a_protocol(parts))
    if len(found) != 1:
        pytest.fail(f"{len(found)} problems: {[str(problem) for problem in found]}")
    return str(found[0]).split(": ", 1)[1]

"""The JSON Schema tells an editor what the reader tells: known keys, and where not_published may stand."""

import re

import jsonschema
import pytest
import yaml

from cordside.protocol.read import protocol_schema
from tests.protocol.test_part import KEYS, START, without_mentions
from tests.protocol.written import SHIPPED, mistakes, spoiled, written

SCHEMA = protocol_schema()
CHECKER = jsonschema.Draft202012Validator(SCHEMA)


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: only true and false are truth values, and a date is a text."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in ("int", "float", "null", "merge")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def faults(data) -> list[str]:
    """What an editor would underline."""
    return [f"{error.json_path}: {error.message[:80]}" for error in CHECKER.iter_errors(data)]


def test_it_is_a_json_schema_of_its_draft():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_protocols_pass(name):
    assert faults(yaml.load(SHIPPED[name], Editor)) == []


@pytest.mark.parametrize("place", [("colour",), ("visits", "D1", "colour"), ("population", "colour"), ("regimen", "dose", "colour")])
def test_an_unknown_key_is_refused_at_every_level(place):
    assert faults(spoiled(yaml.load(SHIPPED["_start"], Editor), place, "red"))


@pytest.mark.parametrize("key", ["title", "roles", "format", "study", "visits"])
def test_a_key_that_must_be_answered_is_asked_for(key):
    data = yaml.load(SHIPPED["_start"], Editor)
    del data[key]
    assert faults(data) == [f"$: {key!r} is a required property"]


# What a row of a table needs depends on its other keys, which is more than a schema can say.
@pytest.mark.parametrize("name", sorted(name for name in KEYS if not name.startswith("analyses.#.rows.")))
def test_not_published_may_stand_where_the_reader_takes_it(name):
    data = yaml.load(SHIPPED["_start"], Editor)
    by_itself = () if name.startswith(("analyses", "endpoints")) else (without_mentions,)
    start, seen = START, data
    for lighter in by_itself:
        start, seen = lighter(start), lighter(seen)
    names_others = name in ("visits", "panels", "analyses")
    refused = bool(mistakes(written(spoiled(start, KEYS[name], "not_published")))) and not names_others
    assert bool(faults(spoiled(seen, KEYS[name], "not_published"))) == refused

"""Every key of a protocol says what it means, to an editor and on the reference page."""

from cordside.protocol.read import protocol_schema

SAID_BY_THE_PART = {"kind", "format"}


def parts_of(schema: dict) -> dict[str, dict]:
    """Every part of the schema by name, the protocol itself too."""
    return {"Protocol": schema, **schema["$defs"]}


def test_every_key_says_what_it_means():
    silent = {
        f"{name}.{key}"
        for name, part in parts_of(protocol_schema()).items()
        for key, rule in part.get("properties", {}).items()
        if key not in SAID_BY_THE_PART and not rule.get("description")
    }
    assert silent == set()


def test_a_meaning_is_one_phrase():
    phrases = [
        rule["description"]
        for part in parts_of(protocol_schema()).values()
        for key, rule in part.get("properties", {}).items()
        if key not in SAID_BY_THE_PART
    ]
    assert [phrase for phrase in phrases if phrase != phrase.strip() or (phrase.endswith(".") and not phrase.endswith("..."))] == []

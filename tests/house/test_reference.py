"""The reference pages say what the declarations say."""

import importlib
import re

import pytest

from cordside.domains.all import ALL
from cordside.errors import ProblemsFound
from cordside.protocol.read import parse_protocol
from cordside.terms import codelists
from tests.house.source import ROOT
from tests.support.folders import a_protocol

PAGE_LINE = re.compile(r"^\| `(\w+)` \| .* \| (required|answer|optional|default `.*`) \|", re.MULTILINE)


@pytest.fixture(scope="module")
def reference():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        yield importlib.import_module("generate_reference")


def test_the_reference_pages_are_not_stale(reference):
    assert reference.stale_pages() == [], "run python scripts/generate_reference.py"


def test_a_missing_or_edited_page_is_stale(reference, tmp_path):
    assert reference.stale_pages(tmp_path) == list(reference.PAGES)
    reference.write_pages(tmp_path)
    assert reference.stale_pages(tmp_path) == []
    for name in reference.PAGES:
        with (tmp_path / name).open("a", encoding="utf-8") as page:
            page.write("an afterthought\n")
    assert reference.stale_pages(tmp_path) == list(reference.PAGES)


def test_every_declaration_stands_on_the_page(reference):
    page = reference.domains_page()
    for domain in ALL:
        section = page.split(f"\n## {domain.code}\n")[1].split("\n## ")[0]
        assert [name for name in domain.variables if f"| `{name}` |" not in section] == []
        assert [rule.words for rule in domain.rules if rule.words not in section] == []


def test_every_codelist_and_every_own_term_stands_on_the_page(reference):
    page = reference.terms_page()
    assert [name for name in codelists.names() if f"\n| {name} | {len(codelists.terms_of(name))} |" not in page] == []
    own = [term for name in codelists.names() for term in codelists.terms_of(name).values() if term.sponsor]
    assert len(own) > 50
    assert [term.value for term in own if f"\n- `{term.value}` {term.name}" not in page] == []


def keys_of_the_file(reference) -> dict[str, str]:
    """Every top-level key of a protocol and whether it must stand, as the page says."""
    section = reference.protocol_page().split("\n## Protocol\n")[1].split("\n## ")[0]
    return dict(PAGE_LINE.findall(section))


def without(key: str) -> str:
    """A sound protocol without one of its keys."""
    return "".join(line for line in a_protocol().splitlines(keepends=True) if not line.startswith(f"{key}:"))


def is_sound(text: str) -> bool:
    """Whether a text is read as a protocol."""
    try:
        parse_protocol(text)
    except ProblemsFound:
        return False
    return True


def test_a_key_must_stand_where_the_page_says_so(reference):
    keys = keys_of_the_file(reference)
    assert len(keys) > 25
    assert {key for key in keys if not is_sound(without(key))} == {key for key, said in keys.items() if said in ("required", "answer")}


def test_not_published_is_an_answer_where_the_page_says_so(reference):
    keys = keys_of_the_file(reference)
    refused = {key for key in keys if not is_sound(f"{without(key)}{key}: not_published\n")}
    assert refused == {key for key, said in keys.items() if said == "required"}

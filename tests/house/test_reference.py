"""The reference pages say what the declarations say."""

import importlib.util

import pytest

from tests.house.source import ROOT

SCRIPT = ROOT / "scripts" / "generate_reference.py"


@pytest.fixture(scope="module")
def reference():
    spec = importlib.util.spec_from_file_location("generate_reference", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
    for domain in reference.ALL:
        section = page.split(f"\n## {domain.code}\n")[1].split("\n## ")[0]
        assert [name for name in domain.variables if f"| `{name}` |" not in section] == []
        assert [rule.words for rule in domain.rules if rule.words not in section] == []

"""The documents are true: commands do what they show, links lead somewhere, every page is listed."""

import contextlib
import io
import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from cordside.cli.arguments import parser
from cordside.cli.main import main
from cordside.protocol.read import parse_protocol
from cordside.results import COLUMNS
from tests.house.source import ROOT
from tests.support.folders import a_protocol, a_study

DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = sorted(DOCS.rglob("*.md"))
WITH_LINKS = [README, ROOT / "CONTRIBUTING.md", ROOT / "GLOSSARY.md", *PAGES]
TRIED = [
    DOCS / "tutorial.md",
    DOCS / "how-to" / "appraise-a-published-table.md",
    DOCS / "how-to" / "prepare-a-dose.md",
    DOCS / "how-to" / "read-the-problems.md",
    DOCS / "how-to" / "use-the-results.md",
]

BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<file>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

BROUGHT_DM = """
    USUBJID | SUBJID
    T-1     | 1
"""
BROUGHT_LB = """
    USUBJID | LBTESTCD | LBORRES | LBORRESU | LBSPEC          | LBSTRESN | COMMENT
    T-1     | CRP      | 84.2    | mg/L     | SERUM OR PLASMA | 84.2     | a "quoted" é
"""


@dataclass(frozen=True)
class Block:
    """A block of code of a page: its kind, the file that it is (or none), its text."""

    kind: str
    file: str | None
    text: str


def blocks_of(page: str) -> list[Block]:
    """The blocks of code of a page, in order."""
    return [Block(found["kind"], found["file"], found["text"]) for found in BLOCK.finditer(page)]


def typed(text: str) -> list[tuple[str, list[str]]]:
    """Commands of a console block, each with the lines that the page shows as its answer."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def answered(command: str) -> list[str]:
    """Lines that a command prints, standard output and standard error as a terminal shows them."""
    program, *arguments = shlex.split(command)
    assert program == "cordside"
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        main(arguments)
    return shown.getvalue().splitlines()


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Whether a page shows what was printed; `...` alone stands for any lines, at the end of a line for its rest."""
    pattern = "".join(r"(?:.*\n)*" if line == "..." else _pattern(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def _pattern(line: str) -> str:
    return re.escape(line.removesuffix("...")) + ("" if not line.endswith("...") else ".*")


@pytest.mark.parametrize("page", TRIED, ids=lambda page: page.name)
def test_commands_do_what_the_page_shows(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tried = 0
    for block in blocks_of(page.read_text(encoding="utf-8")):
        if block.file:
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.text, encoding="utf-8")
        for command, shown in typed(block.text) if block.kind == "console" else []:
            printed = answered(command)
            assert agrees(shown, printed), f"$ {command}\n" + "\n".join(printed)
            tried += 1
    assert tried


@pytest.mark.parametrize("shown", [["a", "c"], ["a", "...", "b"], ["a b"], ["..."] * 2 + ["x"]])
def test_a_page_that_shows_something_else_is_noticed(shown):
    assert not agrees(shown, ["a", "b", "c"])
    assert agrees(["a", "...", "c"], ["a", "b", "c"])


def anchors_of(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made on code hosts."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(page.read_text(encoding="utf-8")))
    return {words.replace(" ", "-") for words in plain}


def broken_links(page: Path) -> list[str]:
    """Links of a page that lead nowhere in this folder."""
    prose = BLOCK.sub("", page.read_text(encoding="utf-8"))
    return [link for link in LINK.findall(prose) if not link.startswith("https:") and not _leads_somewhere(page, link)]


def _leads_somewhere(page: Path, link: str) -> bool:
    place, _, anchor = link.partition("#")
    goal = (page.parent / place).resolve() if place else page
    return goal.exists() and (not anchor or anchor in anchors_of(goal))


@pytest.mark.parametrize("page", WITH_LINKS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    assert broken_links(page) == []


def test_a_link_to_nowhere_is_noticed(tmp_path):
    (tmp_path / "a.md").write_text("# One two\n[x](b.md) [y](#one-two) [z](a.md#three) [w](a.md)\n", encoding="utf-8")
    assert broken_links(tmp_path / "a.md") == ["b.md", "a.md#three"]


def linked(page: Path) -> set[Path]:
    """Pages that a page links to."""
    links = LINK.findall(page.read_text(encoding="utf-8"))
    return {(page.parent / link.partition("#")[0]).resolve() for link in links if not link.startswith("https:")}


def test_every_page_is_listed_in_the_index_or_in_a_page_of_its_folders_name():
    index = DOCS / "index.md"
    listed = linked(index)
    # A folder of generated pages, such as rules/, is listed by the page beside it, rules.md.
    listed |= {below for page in listed if page.is_file() and page.with_suffix("").is_dir() for below in linked(page)}
    assert [page.relative_to(DOCS).as_posix() for page in PAGES if page != index and page not in listed] == []


def test_the_readme_lists_every_command():
    commands = next(action.choices for action in parser()._actions if action.choices and action.dest == "command")
    listed = re.findall(r"^\| `cordside (\w+)", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(commands)


def test_the_picture_of_the_readme_is_small():
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README.read_text(encoding="utf-8"))
    assert pictures
    assert all((ROOT / picture).stat().st_size < 300_000 for picture in pictures)


def test_the_parts_of_a_protocol_that_a_page_shows_are_sound():
    blocks = [block for block in blocks_of((DOCS / "how-to" / "write-a-protocol.md").read_text(encoding="utf-8")) if block.kind == "yaml"]
    assert len(blocks) > 5
    whole = "\n".join(block.text for block in blocks)
    protocol = parse_protocol(a_protocol(whole), "write-a-protocol.md")
    assert protocol.study == "T"


def test_the_result_rows_have_the_columns_of_the_reference(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("r.csv", "r.json", "r.parquet"):
        answered(f"cordside analyse renmin-2020 --out {name}")
    assert tuple(Path("r.csv").read_text(encoding="utf-8").splitlines()[0].split(",")) == COLUMNS
    rows = json.loads(Path("r.json").read_text(encoding="utf-8"))["results"]
    assert tuple(rows[0]) == COLUMNS
    assert pl.read_parquet("r.parquet").height == len(rows)


@pytest.mark.parametrize("study", ["renmin-2020", str(ROOT / "tests" / "studies" / "two_arms"), "brought"])
def test_the_digest_can_be_recomputed_as_the_page_says(study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    a_study(tmp_path / "brought", a_protocol(), DM=BROUGHT_DM, LB=BROUGHT_LB)
    answered(f"cordside cut {study} --out cut")
    page = (DOCS / "how-to" / "use-the-results.md").read_text(encoding="utf-8")
    program = next(block.text for block in blocks_of(page) if block.kind == "python" and "hashlib" in block.text)
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(program, "use-the-results.md", "exec"), {"__name__": "__main__"})
    digest = json.loads(Path("cut/manifest.json").read_text(encoding="utf-8"))["digest"]
    assert shown.getvalue() == f"{digest} True\n"

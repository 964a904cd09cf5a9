"""YAML as people write it: every mistake of syntax has its line, and scalars stay text."""

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.errors import CannotDo, ProblemsFound
from cordside.yamlfile import parse_yaml, read_yaml


def problems_of(raw: bytes):
    """Row and words of every problem of a YAML file."""
    with pytest.raises(ProblemsFound) as found:
        parse_yaml(raw, "p.yaml")
    assert all(problem.hard and problem.file == "p.yaml" for problem in found.value.problems)
    return [(problem.row, problem.problem) for problem in found.value.problems]


BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (letter, letter, b", ".join([b"*%c" % (letter - 1)] * 9)) for letter in range(ord("b"), ord("z"))
)


@pytest.mark.parametrize(
    ("raw", "row", "words"),
    [
        (b"a:\n\tb: 1\n", 2, "a tab at the start of the line"),
        (b"a: 1\nb:\n  - x\n\t- y\n", 4, "a tab at the start of the line"),
        (b"a:\r\n  b: 1\r\n\tc: 2\r\n", 3, "a tab at the start of the line"),
        (b"a: 1\nb: *a\n", 2, "an alias (*a)"),
        (b"a: 1\nb: &name 2\n", 2, "an anchor (&name)"),
        (b"a: 1\nb: 2\na: 3\n", 3, "the key stands twice"),
        (b"a:\n  - b: 1\n    b: 2\n", 3, "the key stands twice"),
        (b"a: 1\nb: [1,\n", 2, "while parsing a flow node did not find expected node content"),
        (b"b: [1,\nc: 2\n", 2, "while parsing a flow sequence did not find expected ',' or ']' (it begins on line 1)"),
        (b"a: {b: 1\n", 1, "while parsing a flow mapping did not find expected ',' or '}'"),
        (b"a: 1\nb: 'x\nc: 2\n", 3, "while scanning a quoted scalar found unexpected end of stream (it begins on line 2)"),
        (b"a: b: c\n", 1, "mapping values are not allowed in this context"),
        (b"a:\n  b: 1\n c: 2\n", 3, "while parsing a block mapping did not find expected key (it begins on line 1)"),
        ("a: 1\nb: é\n".encode("latin-1"), 2, "byte 0xE9 is not UTF-8"),
        ("a: 1\rb: é\r".encode("latin-1"), 2, "byte 0xE9 is not UTF-8"),
        ("a: 1\n".encode("utf-16"), 1, "byte 0xFF is not UTF-8"),
        (b"a: 1\nb: \x07\n", 2, "the character U+0007"),
        (b"a: 1\nb: \x00\n", 2, "the character U+0000"),
        (b'a: 1\nb: "\\x07"\n', 2, "the character U+0007, written as an escape"),
        ("a: 😀\nb: x\u2028y\n".encode(), 2, "the character U+2028"),
        ("a: 1\nb: \x85\n".encode(), 2, "the character U+0085"),
        (b"a: 1\n---\nb: 2\n", 2, "a second document (---)"),
        (b"a: 1\n<<: {b: 2}\n", 2, "a merge key (<<)"),
        (b"a: !!python/object/apply:os.system [ls]\n", 1, "a tag (tag:yaml.org,2002:python/object/apply:os.system)"),
        (b"a: 1\nb: !!int 3\n", 2, "a tag (tag:yaml.org,2002:int)"),
        (b"a: 1\n? [b, c]\n: 2\n", 2, "a key that is not a word"),
        (b"a: " + b"[" * 10_000 + b"]" * 10_000, 1, "nested more than 50 deep"),
        (b"{a: " * 10_000 + b"1" + b"}" * 10_000, 1, "nested more than 50 deep"),
        (b"- " * 10_000 + b"x", 1, "nested more than 50 deep"),
        (b"".join(b" " * deep + b"a:\n" for deep in range(2_000)), 51, "nested more than 50 deep"),
    ],
)
def test_a_mistake_is_found_on_its_line(raw, row, words):
    assert problems_of(raw) == [(row, words)]


def test_a_file_of_more_than_10_mb_is_refused():
    assert problems_of(b"a: " + b"x" * 10_000_000) == [(None, "10,000,003 bytes")]


def test_a_key_that_stands_twice_names_the_first():
    with pytest.raises(ProblemsFound, match=r"p.yaml:4: visits.D1: the key stands twice; keep one; the first is on line 2"):
        parse_yaml(b"visits:\n  D1: a\n  D2: b\n  D1: c\n", "p.yaml")


def test_all_mistakes_that_leave_the_file_readable_are_reported_at_once():
    raw = b"a: 1\na: 2\nb: &x 3\nc:\n  - *x\n  - !!int 4\nd: {<<: 5, e: 6, e: 7}\n"
    assert [row for row, _ in problems_of(raw)] == [2, 3, 5, 6, 7, 7]


def test_an_alias_bomb_costs_next_to_nothing():
    tracemalloc.start()
    start = time.perf_counter()
    found = problems_of(BOMB)
    took, (_, peak) = time.perf_counter() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found[:2] == [(1, "an anchor (&a)"), (2, "an anchor (&b)")]
    assert (len(found), took < 1, peak < 5_000_000) == (100, True, True)


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"# only a comment\n", b"---\n", b"\xef\xbb\xbf"])
def test_an_empty_file_holds_nothing(raw):
    assert parse_yaml(raw, "p.yaml").data is None


def test_scalars_stay_as_they_were_written():
    raw = b"a: 2.20\nb: yes\nc: 0x1f\nd: 2020-01-01\ne: 1_000\nf: .nan\ng: 01\nh: on\n"
    assert list(parse_yaml(raw, "p.yaml").data.values()) == ["2.20", "yes", "0x1f", "2020-01-01", "1_000", ".nan", "01", "on"]


def test_an_empty_value_is_none_and_a_quoted_one_is_text():
    raw = b'a:\nb: ~\nc: null\nd: NULL\ne: ""\nf: \'~\'\ng: "null"\nh: |\n  null\n'
    assert list(parse_yaml(raw, "p.yaml").data.values()) == [None, None, None, None, "", "~", "null", "null\n"]


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_lines_are_right_inside_lists_and_nested_maps_whatever_the_line_ends(ends, mark):
    lines = [b"# first", b"a: 1", b"", b"b:", b"  - x", b"  - y: 2", b"    z:", b"      - [p,", b"         q]", b"c: {d: 1, e: 2}"]
    file = parse_yaml(mark + ends.join(lines) + ends, "p.yaml")
    assert file.data == {"a": "1", "b": ["x", {"y": "2", "z": [["p", "q"]]}], "c": {"d": "1", "e": "2"}}
    wanted = {("a",): 2, ("b",): 4, ("b", 0): 5, ("b", 1): 6, ("b", 1, "y"): 6, ("b", 1, "z"): 7, ("b", 1, "z", 0, 1): 9, ("c", "e"): 10}
    assert {place: file.line(place) for place in wanted} == wanted


def test_the_line_of_an_unknown_place_is_its_parents():
    file = parse_yaml(b"a: 1\nb:\n  c: 2\n", "p.yaml")
    assert [file.line(place) for place in (("b", "c", "d", 0), ("b", "x"), ("x",))] == [3, 2, 1]


def test_a_file_is_called_by_its_name_or_as_told(tmp_path):
    (tmp_path / "protocol.yaml").write_bytes(b"a: 1\n")
    assert read_yaml(tmp_path / "protocol.yaml").name == "protocol.yaml"
    assert read_yaml(tmp_path / "protocol.yaml", "study/protocol.yaml").name == "study/protocol.yaml"


def test_a_missing_file_and_a_folder_cannot_be_read(tmp_path):
    with pytest.raises(CannotDo, match="no such file"):
        read_yaml(tmp_path / "protocol.yaml")
    with pytest.raises(CannotDo, match="is a directory"):
        read_yaml(tmp_path)


@given(st.text(alphabet=" \t\n\r:-[]{}#&*!|>'\"%@`,?<ab1~\x00\x85\u2028é", max_size=60))
def test_any_text_is_read_or_its_problems_lie_within_the_file(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    try:
        parse_yaml(text.encode(), "p.yaml")
    except ProblemsFound as found:
        assert all(1 <= problem.row <= lines for problem in found.problems)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_give_problems(raw):
    try:
        parse_yaml(raw, "p.yaml")
    except ProblemsFound as found:
        assert found.problems

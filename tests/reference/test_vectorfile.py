"""The runner: every case is a test with its name, and nothing that it cannot judge passes or is skipped."""

import pytest

from tests.reference.forms import statistics
from tests.reference.vectorfile import ROOT, VectorFile, assert_same, files_of

pytest_plugins = ["pytester"]

HEADER = "form: statistics/1\ndata: {five: [1, 2, 3, 4, 5], deep: {x: [2, 4]}}\nvectors:\n"
SOUND = "  - {id: sound, method: summary, input: {x: $five}, expected: {mean: 3}, tolerance: {abs: 1e-9}}\n"
WRONG = "  - {id: wrong, method: summary, input: {x: $deep.x}, expected: {mean: 4}, tolerance: {rel: 1e-9}}\n"
UNKNOWN = "  - {id: strange, method: divination, input: {x: $five}, expected: {mean: 3}}\n"
MISSING = "  - {id: nowhere, method: summary, input: {x: $six}, expected: {mean: 3}}\n"


def written(folder, text, name="some.yaml"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def verdicts(file):
    found = {}
    for case in statistics.cases(VectorFile(file)):
        try:
            case.check()
            found[case.id] = "holds"
        except AssertionError as error:
            found[case.id] = str(error)
    return found


def test_each_case_is_judged_by_itself_and_says_what_it_found(tmp_path):
    found = verdicts(written(tmp_path, HEADER + SOUND + WRONG + UNKNOWN + MISSING))
    assert found["sound"] == "holds"
    assert "mean: Fraction(3, 1) is not 4" in found["wrong"]
    assert found["strange"].startswith("method divination is unknown; known are ")
    assert found["nowhere"].startswith("$six is not an entry under data")


def test_the_option_runs_files_and_folders_and_names_what_is_unknown(pytester, tmp_path):
    one = written(tmp_path / "one", HEADER + SOUND + WRONG, "first.yaml")
    written(tmp_path / "two", HEADER + UNKNOWN, "second.yaml")
    written(tmp_path / "two", "form: alchemy/1\nvectors: []\n", "third.yaml")
    written(tmp_path / "two", "form: [", "fourth.yaml")
    written(tmp_path / "two", "form: statistics/9\nvectors: []\n", "fifth.yaml")
    written(tmp_path / "two", "form: statistics/1\nvectors: []\n", "sixth.yaml")
    arguments = ["-q", "-p", "no:cacheprovider", "--rootdir", ROOT, "-c", ROOT / "pyproject.toml", ROOT / "tests/reference/test_vectors.py"]
    run = pytester.runpytest_subprocess(*arguments, "--vectors", one, "--vectors", tmp_path / "two")
    run.assert_outcomes(passed=1, failed=6)
    run.stdout.fnmatch_lines_random(
        [
            "*FAILED*first/wrong*",
            "*FAILED*second/strange*",
            "*FAILED*third.yaml*",
            "*FAILED*fourth.yaml*",
            "*FAILED*fifth.yaml*",
            "*FAILED*sixth.yaml*",
        ]
    )


def test_without_the_option_the_files_are_the_repositorys_own():
    assert "statistics.yaml" in [file.path.name for file in files_of([])]


def test_a_file_named_by_a_case_lies_beside_the_vectors_folder_or_among_the_studies(tmp_path):
    file = VectorFile(written(tmp_path / "vectors", HEADER + SOUND))
    beside = written(tmp_path / "published", "a", "a.yaml")
    assert file.find("published/a.yaml") == beside
    assert file.find("renmin-2020/protocol.yaml") == ROOT / "studies/renmin-2020/protocol.yaml"
    with pytest.raises(AssertionError, match="is neither"):
        file.find("nowhere.yaml")


def test_texts_keep_their_zeros_and_numbers_are_read_as_people_write_them(tmp_path):
    file = VectorFile(written(tmp_path, "form: statistics/1\na: 1.50\nb: 1e-9\nc: 2020-02-11\nd: 1.0e-09\ne: -2e3\n"))
    assert (file.texts["a"], file.document["a"]) == ("1.50", 1.5)
    assert (file.document["b"], file.document["c"], file.document["d"], file.document["e"]) == (1e-9, "2020-02-11", 1e-9, -2000.0)


@pytest.mark.parametrize(
    ("got", "expected", "tolerance", "same"),
    [
        (1.0, 1, None, True),
        (1.0000001, 1, None, False),
        (1.0000001, 1, {"rel": 1e-6}, True),
        (0.5, 0.4, {"abs": 0.1}, True),
        (0.51, 0.4, {"abs": 0.1}, False),
        (0.0001, 0, {"rel": 0.1}, False),
        (None, None, None, True),
        (None, 0, {"abs": 1}, False),
        (0.0, None, {"abs": 1}, False),
        (float("nan"), 1, {"abs": 1}, False),
        (["1.0"], ["1.0"], "text", True),
        (["1.0"], ["1.00"], "text", False),
        ([1, 2], [1], None, False),
        ({"a": 1, "b": 2}, {"a": 1}, None, True),
        ({"b": 2}, {"a": 1}, None, False),
        (True, True, None, True),
        (False, True, {"abs": 1}, False),
    ],
)
def test_what_counts_as_the_same(got, expected, tolerance, same):
    if same:
        assert_same(got, expected, tolerance)
    else:
        with pytest.raises(AssertionError):
            assert_same(got, expected, tolerance)


def test_a_reference_is_followed_anywhere_in_a_value():
    data = {"a": [1, 2], "b": {"c": "$a"}}
    assert statistics.resolved({"x": ["$a", "$b.c"], "y": "plain"}, data) == {"x": [[1, 2], [1, 2]], "y": "plain"}

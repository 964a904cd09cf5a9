"""Every "significant" and every P names its test, and the test fits the summary printed.

A table with P needs a test (`test` of the paper or row, or a statement of kind `test` about it). A test of means
beside medians does not fit, nor a test of counts beside means or medians, nor a test between groups for values
before and after in one group. A sentence that calls something significant, or not, needs a test in the same way.

Example: "A paired t test is named, while six of seven rows print medians; the means it compares are not printed.
Please print them, or name the test used."
"""

import re

from cordside.appraisal.names import plain
from cordside.appraisal.paper import Paper, PaperRow, Spot
from cordside.appraisal.published import Statement
from cordside.appraisal.summaries import test_of
from cordside.appraisal.testnames import compares, is_between_groups, is_named
from cordside.appraisal.verdict import DEFECT, Verdicts

ID = "test-named"
LEVELS = (DEFECT,)
_SIGNIFICANT = re.compile(r"significan|\bp\s*[<=>]", re.IGNORECASE)


def judge(paper: Paper) -> Verdicts:
    """Every table with P, then every sentence that speaks of significance."""
    say = Verdicts(paper, ID)
    for key, rows in paper.tables.items():
        tested = [row for row in rows if row.data.p is not None]
        if tested:
            _judge_table(say, paper, key, tested)
    first: dict[str, tuple[Statement, Spot]] = {}
    for one, spot in _significant(paper):
        first.setdefault(one.about, (one, spot))
    for about, (one, spot) in first.items():
        if about not in paper.tables:
            _judge_sentence(say, paper, one, spot)
    return say


def _significant(paper: Paper) -> list[tuple[Statement, Spot]]:
    kinds = ("test", "quantity", "reference", "claim", "limit", "date")
    return [(one, at) for one, at in paper.statements(*kinds) if one.kind == "test" or _SIGNIFICANT.search(one.quote)]


def _said(paper: Paper, about: str) -> Statement | None:
    """The sentence that names the test of a table or topic."""
    return next((one for one, _ in paper.statements("test") if plain(one.about) == plain(about)), None)


def _judge_table(say: Verdicts, paper: Paper, key: str, rows: list[PaperRow]) -> None:
    said = _said(paper, key)
    spot = paper.spot(key, key, (key,))
    named = {row.name: next((test for test in (test_of(paper, row), said.value if said else None) if is_named(test)), None) for row in rows}
    quote = said.quote if said else ""
    without = [row.title for row in rows if named[row.name] is None]
    if without:
        why = f"P is printed for {', '.join(without)}, and no test is named. Please name it."
        say.found(DEFECT, spot, why, printed=", ".join(without), expected="the name of the test", quote=quote)
    troubles = [trouble for row in rows if (test := named[row.name]) and (trouble := _trouble(row, test, quote, paper))]
    if troubles:
        words = _grouped(troubles, len(rows))
        tests = ", ".join(dict.fromkeys(test for test in named.values() if test))
        why = f"{words}. Please print what the test compares, or name the test that was used."
        say.found(DEFECT, spot, why, printed=tests, expected="a test that fits the summary printed", quote=quote)
    for row in rows:
        if named[row.name] and not _trouble(row, named[row.name] or "", quote, paper):
            say.right(row.spot, f"the test is named and fits: {named[row.name]}")


def _trouble(row: PaperRow, test: str, quote: str, paper: Paper) -> str:
    """Why a test does not fit a row, or nothing."""
    means, medians = (any(cell.has(name) for cell in row.cells) for name in ("mean", "median"))
    kind = compares(test)
    if kind == "means" and medians and not means:
        return f"{test} compares means, and medians are printed"
    if kind in ("means", "ranks") and row.is_count:
        return f"{test} compares {kind}, and counts are printed"
    if kind == "counts" and (means or medians):
        return f"{test} compares counts, and {'means' if means else 'medians'} are printed"
    one_group = paper.published.control_group is False and row.cell("before") is not None
    if one_group and (is_between_groups(test) or is_between_groups(quote)):
        return "a comparison between groups is named, and there is one group before and after"
    return ""


def _grouped(troubles: list[str], rows: int) -> str:
    """The troubles with the number of rows that have each."""
    counts = {trouble: troubles.count(trouble) for trouble in dict.fromkeys(troubles)}
    return "; ".join(f"{trouble} in {count} of {rows} rows" for trouble, count in counts.items())


def _judge_sentence(say: Verdicts, paper: Paper, sentence: Statement, spot: Spot) -> None:
    said = _said(paper, sentence.about)
    row = paper.named.get(sentence.about)
    test = said.value if said else test_of(paper, row) if row else paper.published.test
    if is_named(test):
        return say.right(spot, f"the test is named: {test}")
    why = f"significance is spoken of for {paper.title(sentence.about)}, and no test is named. Please name it."
    return say.found(DEFECT, spot, why, printed=sentence.quote, expected="the name of the test", quote=sentence.quote)

"""From a number to its rows."""

import json

import pytest

from cordside.report.document import compose
from cordside.report.tracing import Trace, printed_sources
from tests.report.sample import a_report, by_subject, sample_rows


@pytest.mark.parametrize(
    ("sources", "printed"),
    [
        ((), ""),
        (("records/lb.csv:2",), "records/lb.csv:2"),
        (("records/lb.csv:2", "records/lb.csv:3", "records/lb.csv:4", "records/lb.csv:9"), "records/lb.csv:2–4, 9"),
        (("records/lb.csv:2", "records/dm.csv:2"), "records/lb.csv:2; records/dm.csv:2"),
        (("LB:T-1|CRP@2", "LB:T-2|CRP@1"), "LB:T-1|CRP@2, LB:T-2|CRP@1"),
        (("records/lb.csv", "records/lb.csv:3"), "records/lb.csv; records/lb.csv:3"),
    ],
)
def test_sources_are_named_in_few_words(sources, printed):
    assert printed_sources(sources) == printed


def test_numbers_of_a_cell_are_joined_to_runs():
    document = compose(a_report())
    trace = Trace(document)
    first = document.results
    assert trace.numbers([first[0], first[1], first[2], first[7]]) == "0-2 7"
    assert trace.numbers([]) == ""


def test_a_value_is_held_unrounded_and_a_missing_one_is_null():
    row = by_subject("table1", "T-1", variable="DM.AGE", label="Age", text="0.3", value=0.1 + 0.2)
    held = json.loads(Trace(compose(a_report([row, *sample_rows()[1:]]))).json())
    values = [dict(zip(held["columns"], line, strict=True))["value"] for line in held["rows"]]
    assert 0.30000000000000004 in values
    assert None in values


def test_no_text_can_end_the_script_that_holds_it():
    row = by_subject("table1", "T-1", variable="DM.AGE", label="Age", text="</script><!-- & -->")
    written = Trace(compose(a_report([row, *sample_rows()[1:]]))).json()
    assert "<" not in written
    assert "</script><!-- & -->" in json.loads(written)["texts"]

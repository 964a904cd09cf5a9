"""The first lines of a report: what is recorded, and what no planned table counts."""

from cordside.report.summary import facts
from tests.report.sample import a_protocol, sample_rows


def test_what_is_planned_is_counted():
    found = {fact.label: fact.text for fact in facts(sample_rows(), a_protocol())}
    assert found["Infusions"].isdigit()


def test_what_no_planned_table_counts_is_not_called_unrecorded():
    protocol = a_protocol()
    others = [item for item in protocol.analyses if item.kind not in ("infusions", "adverse_events")]
    bare = protocol.model_copy(update={"analyses": others})
    notes = {fact.label: fact.note for fact in facts(sample_rows(), bare)}
    assert notes["Infusions"] == notes["Adverse events"] == "no planned table counts them"

"""One document for all writers."""

from cordside.report.document import compose
from cordside.report.pieces import PlacedFigure, PlacedTable
from tests.report.sample import a_protocol, a_report, sample_rows


def test_the_same_report_gives_the_same_document():
    assert compose(a_report()) == compose(a_report())


def test_sections_stand_in_order_and_those_without_content_are_left_out():
    names = [section.id for section in compose(a_report()).sections]
    assert names[:3] == ["summary", "subjects", "plan"]
    assert names[-3:] == ["origin", "methods", "limits"]
    assert "numbers" not in [section.id for section in compose(a_report([])).sections]


def test_every_table_and_figure_names_its_origin_and_cut():
    document = compose(a_report())
    placed = [piece for piece in document.pieces if isinstance(piece, PlacedTable | PlacedFigure)]
    assert len(placed) > 18
    for piece in placed:
        assert piece.foot.startswith(("Origin of data: ", "From the protocol"))
        assert "cut 0123456789ab" in piece.foot


def test_origins_of_the_record_count_where_no_result_draws_them():
    document = compose(a_report([row for row in sample_rows() if row.origin == "published"], origins=("published", "rebuilt")))
    assert document.mark == "REBUILT: this study holds rows that no patient had"
    assert document.badges == ("REBUILT",)


def test_a_result_printed_twice_is_held_once():
    results = compose(a_report()).results
    assert len(results) == len(set(results)) > 100


def test_every_text_is_among_the_texts():
    texts = " ".join(compose(a_report(protocol=a_protocol(title="title: 间充质"))).texts())
    for said in (
        "间充质",
        "The source reports nausea of no named patient.",
        "Subjects recorded",
        "not cleared by day 15",
        "last swab positive",
    ):
        assert said in texts

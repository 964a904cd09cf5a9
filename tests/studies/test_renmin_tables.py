"""All printed cells of the five-patient report come back from its protocol and records."""

from cordside.analysis.run import analyse
from cordside.record.read import read_study
from cordside.report.drawtables import draw_tables
from cordside.report.expected import compare
from tests.studies.folders import RENMIN, SIMULATED

RECORD = read_study(RENMIN)


def test_every_printed_cell_is_reproduced():
    found = compare(draw_tables(analyse(RECORD), RECORD.protocol), RENMIN / "expected")
    assert [str(difference) for difference in found.differences] == []
    assert (found.matched, found.total) == (139, 139)


def test_days_to_negative_swabs_are_those_worked_out_by_hand():
    days = {(row.subject[-1], row.label): row.text for row in analyse(RECORD) if (row.analysis, row.statistic) == ("clearance", "value")}
    assert {case: text for (case, rule), text in days.items() if rule == "Two negatives"} == {
        "1": "4 [-6, 4]",
        "2": "17 [15, 17]",
        "3": "10 [-3, 10]",
        "4": "4 [1, 4]",
        "5": "14 [10, 14]",
    }


def test_simulated_values_are_marked_in_the_results_and_published_tables_stay_published():
    origins: dict[str, set[str]] = {}
    for row in analyse(read_study(SIMULATED)):
        origins.setdefault(row.analysis, set()).update(filter(None, row.origin.split(", ")))
    assert origins["table1"] == {"published"}
    # The first dose stands in a row of which only date, dose and route are published.
    assert origins["table2"] == {"published", "simulated"}
    assert origins["figure3"] == {"published", "simulated"}
    assert origins["figure4"] == {"simulated"}

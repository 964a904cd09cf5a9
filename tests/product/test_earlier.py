"""The record as it stood before an infusion: the sheet of a dose that was given can be printed again."""

from datetime import UTC, datetime

from cordside.product.breaches import with_product
from cordside.product.cellrows import cells_of
from cordside.product.earlier import dose_again, record_before
from cordside.record.read import read_study
from tests.product.made import CELLS

RECORD = with_product(read_study(CELLS))
FIRST = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)


def infusion(name):
    return next(row for row in cells_of(RECORD).infusions if row["EXREFID"] == name)


def test_infusions_that_came_later_are_undone_and_earlier_ones_stand():
    before = cells_of(record_before(RECORD, datetime(2026, 1, 13, tzinfo=UTC)))
    assert [row["EXREFID"] for row in before.infusions] == ["001-1", "003-1"]
    assert before.orders["O-1"]["ORDSTAT"] == "given"
    assert before.orders["O-2"]["ORDSTAT"] == before.orders["O-3"]["ORDSTAT"] == "verified"
    assert before.materials["UC-01-2T"]["MATSTAT"] == "available"
    assert before.materials["UC-01-1T"]["MATSTAT"] == "consumed"


def test_nothing_is_undone_after_the_last_infusion():
    assert record_before(RECORD, datetime(2027, 1, 1, tzinfo=UTC)) is RECORD


def test_the_dose_that_was_given_is_worked_out_as_it_stood_before():
    then, dose = dose_again(cells_of(RECORD), infusion("001-1"))
    assert (dose.refusals, dose.container, dose.at) == ((), "UC-01-1T", FIRST)
    assert dose.order.target_cells == 70_000_000
    assert then.infused == {}


def test_an_infusion_without_container_has_no_sheet():
    assert dose_again(cells_of(RECORD), infusion("003-1")) is None

"""Every result row about the product of a study, in the order of the report."""

from datetime import UTC, datetime, time

from cordside.product.cellrows import Cells, cells_of
from cordside.product.infused import infused
from cordside.product.lots import PRODUCT_LEVEL, all_lots, level_of
from cordside.product.summary.beforeuse import before_use_lines, check_lines, freezing_lines
from cordside.product.summary.deviations import deviation_lines
from cordside.product.summary.dose import dose_lines
from cordside.product.summary.infusion import infusion_lines
from cordside.product.summary.source import lot_lines, source_lines
from cordside.product.summary.tables import infusion_rows, recipient_rows, test_rows
from cordside.product.summary.told import Told
from cordside.record.record import Record
from cordside.results import Result

_GROUPS = (source_lines, lot_lines, freezing_lines, before_use_lines, check_lines, dose_lines, infusion_lines, deviation_lines)
_TABLES = (test_rows, infusion_rows, recipient_rows)


def product_rows(record: Record) -> list[Result]:
    """Lines of the product section, tests of each lot, each infusion, and who received each lot, as of the last date of the data.

    None for a study without a product and without infusions.
    """
    cells = cells_of(record)
    told = Told(cells, as_of(record), tuple(infused(cells)), tuple(lots_told(cells)))
    if told.protocol.product is None and not told.infusions and not told.lots:
        return []
    return [row for rows in (*_GROUPS, *_TABLES) for row in rows(told)]


def as_of(record: Record) -> datetime:
    """The end, UTC, of the last date of the data; of a record without a date the beginning of time."""
    return datetime.combine(record.as_of, time.max, UTC) if record.as_of else datetime.min.replace(tzinfo=UTC)


def lots_told(cells: Cells) -> list[str]:
    """Lots that infusions name or came from, as the lots are recorded; while there is none, every product lot."""
    used = dict.fromkeys(one.lot for one in infused(cells) if one.lot)
    known = [lot for lot in all_lots(cells) if lot in used]
    return [*known, *(lot for lot in used if lot not in known)] or [lot for lot in all_lots(cells) if level_of(cells, lot) == PRODUCT_LEVEL]

"""From a record to its result rows: what `analyse`, `report` and `demo` share."""

from cordside.analysis.run import analyse
from cordside.product.summary.all import product_rows
from cordside.record.record import Record
from cordside.results import Result


def all_results(record: Record) -> list[Result]:
    """Result rows of a record: its analyses, then what there is to tell of its product."""
    return [*analyse(record), *product_rows(record)]

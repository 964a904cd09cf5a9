"""A table → the text of a published form to be completed beside the paper; `read_paper` reads it as it is."""

import json
import re
from collections.abc import Iterator, Sequence

from cordside.appraisal.arithmetic.percents import percent_of_n
from cordside.appraisal.printed import read_printed
from cordside.appraisal.start.cells import ReadCell, read_cell
from cordside.appraisal.start.rows import row_lines, yaml_text
from cordside.appraisal.start.tables import Table, read_table
from cordside.errors import CannotDo

_LARGEST_N = 5000

END = """\
# Complete beside the paper; what is not known stays away, and the rules that need it will say so:
# test: paired t                    # the test behind P
# control_group: false              # no comparison group
# partitions: [[ROW, ROW]]          # rows that exclude one another and make up all patients
# n_per_cell: not published         # or published: the patients behind each value before and after
# period: ["2020-01", "2020-03"]
# captions: {table1: ...}
# statements:
#   - {id: NAME, place: text, kind: quantity, quote: ..., about: ROW, value: ...}
"""


def start_form(text: str, source: str) -> str:
    """The form that begins with a table.

    text: the table as CSV, tab separated or pasted; source: its name, which also names the study until that is completed.
    CannotDo when there is no row with a label.
    """
    table = read_table(text)
    n, words = _patients(table)
    rows = list(row_lines(table, n))
    if not any(line.startswith("  - ") for line in rows):
        raise CannotDo(f"{source}: no table was found; give rows of a label and its values, as CSV or parted by tabs or two blanks.")
    lines = [
        f"# Begun by cordside appraise --start from {source}. Read every line beside the paper; what is marked has to be completed.",
        'format: "1"',
        f"study: {_study_name(source)}   # complete: its short name",
        f"n: {n}{words}",
        f"columns: {{table1: [{', '.join(json.dumps(one, ensure_ascii=False) for one in _headings(table))}]}}",
        "table1:",
        *rows,
        END,
    ]
    return "\n".join(lines)


def _study_name(source: str) -> str:
    """The name of a file as that of a study."""
    return yaml_text(re.sub("[^A-Za-z0-9]+", "-", source.rpartition(".")[0] or source).strip("-") or "study")


def _headings(table: Table) -> list[str]:
    return [table.corner.strip(), *(heading.text for heading in table.headings)]


def _patients(table: Table) -> tuple[int, str]:
    """The number of patients, and what to say where the table does not name it."""
    whole = next((heading.n for heading in table.headings if heading.role == "all" and heading.n), None)
    named = [heading.n for heading in table.headings if heading.n]
    if whole or (named and (table.is_before_after or len(named) == 1)):
        return whole or max(named), ""
    if named:
        return sum(named), "   # complete: the sum of the groups"
    pairs = [(int(cell.numbers[0]), cell.numbers[1]) for row in table.rows for cell in _counts(row)]
    fits = next((n for n in range(max((count for count, _ in pairs), default=1) or 1, _LARGEST_N) if _all_fit(pairs, n)), None)
    if pairs and fits:
        return fits, "   # complete: the smallest number that fits all percentages"
    return max((count for count, _ in pairs), default=1) or 1, "   # complete: the table does not name it"


def _counts(row: Sequence[str]) -> Iterator[ReadCell]:
    """The cells of a row that hold a count and a percentage of all patients."""
    cells = (read_cell(cell, row[0], None) for cell in row[1:])
    return (cell for cell in cells if cell.kind == "count" and cell.of is None)


def _all_fit(pairs: Sequence[tuple[int, str]], n: int) -> bool:
    read = ((count, read_printed(percentage)) for count, percentage in pairs)
    return all(printed is None or percent_of_n(count, n, printed).consistent for count, printed in read)

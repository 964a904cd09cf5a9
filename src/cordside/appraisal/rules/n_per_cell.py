"""How many patients stand behind each value before and after, and when "after" is, is printed.

The file says so in `n_per_cell` (for all tables, or by table), or gives the numbers with the row (`of: {before,
after}`). Patients who died or left have no value after; without the numbers a reader cannot tell a change from a
change of who was measured.

Example: "Table 2 prints no number of patients, and four of 31 died. Please print n before and after, and the day of
the value after."
"""

from cordside.appraisal.names import shown_place
from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.verdict import DEFECT, Verdicts

ID = "n-per-cell"
LEVELS = (DEFECT,)


def judge(paper: Paper) -> Verdicts:
    """Every table with values before and after."""
    say = Verdicts(paper, ID)
    for key, rows in paper.tables.items():
        paired = [row for row in rows if row.cell("before") is not None and row.cell("after") is not None]
        if paired:
            _judge(say, paper, key, paired)
    return say


def _judge(say: Verdicts, paper: Paper, key: str, rows: list[PaperRow]) -> None:
    said = paper.published.n_per_cell
    word = said.get(key) if isinstance(said, dict) else said
    spot = paper.spot(key, key, (key,))
    without = [row for row in rows if row.data.of is None and row.data.pairs is None]
    if word is None and without:
        return say.open(spot, "the file does not say whether n of each cell is printed (n_per_cell)")
    if word is not None and word.strip().casefold().startswith("not") and without:
        why = (
            f"{shown_place(key)} prints no number of patients behind {len(without)} rows before and after, nor when after is; "
            f"{paper.n} were treated. Please print n of each cell and the day of the value after."
        )
        return say.found(DEFECT, spot, why, printed=word, expected="n of each cell, and the day of the value after")
    return say.right(spot, "the number of patients behind each cell is printed")

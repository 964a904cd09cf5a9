"""The printed cells of the 31-patient report: all of them, in the printed order, and the same as in the published summary."""

from tests.studies.folders import TAIKANG, published, rows_of

PUBLISHED = published(TAIKANG)
_, TOTAL = PUBLISHED["columns"]["table1"]
_, BEFORE, AFTER, P = PUBLISHED["columns"]["table2"]


def cells_of(table: str) -> list[tuple[str, str, str]]:
    """Expected cells in their order; a place that stands twice fails."""
    cells = [(row["row"], row["column"], row["text"]) for row in rows_of(TAIKANG / "expected" / f"{table}.csv")]
    assert len({cell[:2] for cell in cells}) == len(cells)
    return cells


def printed(kind: str, numbers: list[str]) -> str:
    """A summary as the paper prints it."""
    if kind == "mean_sd":
        return f"{numbers[0]} ± {numbers[1]}"
    return f"{numbers[0]} ({numbers[1]}–{numbers[2]})"


def test_table_1_has_43_cells_37_of_them_counts_in_the_printed_order():
    rows = [row for row in PUBLISHED["table1"] if "row" in row]
    counts = [row for row in rows if "n" in row]
    wanted = [
        (row.get("label", row["row"]), TOTAL, f"{row['n']} ({row['pct']}%)" if row in counts else printed(row["kind"], row["value"]))
        for row in rows
    ]
    assert (len(wanted), len(counts)) == (43, 37)
    assert cells_of("table1") == wanted


def test_table_2_has_21_cells_in_the_printed_order():
    wanted = [
        cell
        for row in PUBLISHED["table2"]
        for cell in (
            (row["row"], BEFORE, printed(row["kind"], row["before"])),
            (row["row"], AFTER, printed(row["kind"], row["after"])),
            (row["row"], P, row.get("printed", {}).get("p", row["p"])),
        )
    ]
    assert len(wanted) == 21
    assert cells_of("table2") == wanted


def test_the_sentence_on_days_to_negativity_stands_apart_as_text():
    days = PUBLISHED["clearance_days_after_first_infusion"]
    cleared = next(row for row in PUBLISHED["table1"] if row.get("row") == "SARS-CoV-2 clearance")
    assert [text for _, _, text in cells_of("text/clearance")] == [
        f"{cleared['n']} ({cleared['pct']}%)",
        f"{days['mean']} ± {days['sd']}",
    ]
    assert days["n"] == cleared["n"] == "30"

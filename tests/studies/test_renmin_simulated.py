"""The simulated study is made by its script, byte for byte, and never passes for a published one."""

import subprocess
import sys
from collections import Counter

import pytest

from cordside.product.breaches import with_product
from cordside.protocol.read import read_protocol
from cordside.record.read import read_study
from cordside.record.screen import screen
from tests.house.source import ROOT
from tests.studies.folders import RENMIN, SIMULATED, records_of

SCRIPT = ROOT / "scripts" / "simulate_renmin.py"
OVER_TIME = ["ADMISSION", "CHECK1", "CHECK2", "CHECK3", "CHECK4"]


def made(folder, *arguments):
    """Files that the script writes to a folder: place below it → bytes."""
    subprocess.run([sys.executable, str(SCRIPT), "--out", str(folder), *arguments], check=True)
    return files_of(folder)


def files_of(folder):
    """Every file below a folder: its place → bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def simulated(domain):
    """Simulated rows of one domain."""
    return [row for row in records_of(SIMULATED, domain) if row["ORIGIN"] == "simulated"]


def test_the_folder_is_what_the_script_makes(tmp_path):
    assert made(tmp_path / "study") == files_of(SIMULATED)


def test_another_seed_makes_other_values_only(tmp_path):
    other, ours = made(tmp_path / "study", "--seed", "1"), files_of(SIMULATED)
    assert sorted(name for name in ours if other[name] != ours[name]) == ["records/cp.csv", "records/lb.csv", "records/vs.csv"]


@pytest.mark.parametrize(
    "path", sorted(path for path in (RENMIN / "records").iterdir() if path.stem != "ex"), ids=lambda path: path.stem
)
def test_published_rows_stand_unchanged_and_say_so(path):
    copied = [row for row in records_of(SIMULATED, path.stem) if row["ORIGIN"] == "published"]
    # A column that only simulated rows fill is empty in the published ones.
    restored = [
        {name: cell.replace("renmin-2020-simulated", "renmin-2020") for name, cell in row.items() if name != "ORIGIN" and cell}
        for row in copied
    ]
    assert restored == [{name: cell for name, cell in row.items() if cell} for row in records_of(RENMIN, path.stem)]


def test_infusions_keep_the_published_dose_route_and_date_and_are_simulated_because_all_else_is():
    made, published = records_of(SIMULATED, "ex"), records_of(RENMIN, "ex")
    kept = ("EXTRT", "EXDOSE", "EXDOSU", "EXCNTBAS", "EXROUTE", "VISIT", "DERIVED")
    assert [[row[name] for name in kept] for row in made] == [[row[name] for name in kept] for row in published]
    assert [row["EXSTDTC"][:10] for row in made] == [row["EXSTDTC"] for row in published]
    assert [row["USUBJID"].replace("-simulated", "") for row in made] == [row["USUBJID"] for row in published]
    assert {row["ORIGIN"] for row in made} == {"simulated"}
    assert not any(row["EXHIST"] for row in made)


def test_every_row_about_the_cells_is_simulated():
    for code in ("donor", "material", "transform", "input", "output", "lot", "testresult", "release", "order", "custody"):
        assert {row["ORIGIN"] for row in records_of(SIMULATED, code)} == {"simulated"}


def test_the_product_raises_no_query_and_no_deviation():
    record = with_product(read_study(SIMULATED))
    assert len(record.problems) == len(read_study(RENMIN).problems)
    assert record.frame("DV").height == 0


def test_every_infusion_has_its_cells_computed_near_the_dose():
    given = with_product(read_study(SIMULATED)).frame("EX")["EXVCELLS"].to_list()
    assert len(given) == 15
    assert all(29_000_000 < cells < 31_000_000 for cells in given)


def test_every_row_says_where_it_comes_from():
    origins = {row["ORIGIN"] for path in (SIMULATED / "records").iterdir() for row in records_of(SIMULATED, path.stem)}
    assert origins == {"published", "simulated"}
    assert {row["ORIGIN"] for domain in ("LB", "CP") for row in records_of(SIMULATED, domain)} == {"simulated"}


@pytest.mark.parametrize("test", ["OXYSAT", "PO2", "CRP", "DDIMER", "INTLK6"])
def test_markers_of_figure_3_have_a_value_of_every_case_at_admission_and_each_check(test):
    found = Counter((row["USUBJID"][-1], row["VISIT"]) for row in simulated("LB") if row["LBTESTCD"] == test)
    assert found == Counter((case, visit) for case in "12345" for visit in OVER_TIME)


def test_spo2_is_simulated_at_the_checks_only():
    found = Counter((row["VSTESTCD"], row["USUBJID"][-1], row["VISIT"]) for row in simulated("VS"))
    assert found == Counter(("OXYSAT", case, visit) for case in "12345" for visit in OVER_TIME[1:])


@pytest.mark.parametrize("domain,test", [("LB", "LYM"), ("LB", "NEUT"), ("CP", "TLYH"), ("CP", "BLYCE"), ("CP", "NKCE")])
def test_markers_of_figure_4_have_a_value_of_every_case_before_and_after(domain, test):
    found = Counter((row["USUBJID"][-1], row["VISIT"]) for row in simulated(domain) if row[domain + "TESTCD"] == test)
    assert found == Counter((case, visit) for case in "12345" for visit in ("BEFORE", "AFTER"))


def test_the_outlier_lies_far_below_the_other_saturations_of_that_check():
    at_check_4 = {
        row["USUBJID"][-1]: float(row["LBORRES"]) for row in simulated("LB") if (row["LBTESTCD"], row["VISIT"]) == ("OXYSAT", "CHECK4")
    }
    assert at_check_4.pop("3") < min(at_check_4.values()) - 10


def test_the_protocol_says_that_the_study_is_simulated():
    protocol, _ = read_protocol(SIMULATED / "protocol.yaml")
    assert (protocol.study, protocol.origin) == ("renmin-2020-simulated", "simulated")
    assert "SIMULATED" in (protocol.title or "")
    assert [outlier.subject for analysis in protocol.analyses for outlier in getattr(analysis, "outliers", [])] == [
        "renmin-2020-simulated-3"
    ]


def test_the_road_takes_it_with_no_more_queries_than_the_published_study():
    record, published = read_study(SIMULATED), read_study(RENMIN)
    assert [str(problem) for problem in record.problems] == [str(problem) for problem in published.problems]
    verdicts = [[criterion.verdict for criterion in found.criteria] for found in screen(record)]
    assert verdicts == [[criterion.verdict for criterion in found.criteria] for found in screen(published)]

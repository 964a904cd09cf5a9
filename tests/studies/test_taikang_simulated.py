"""The simulated product beside rebuilt patients of the 31-patient study: made by its script, byte for byte, and marked."""

import json
import subprocess
import sys
from decimal import Decimal

import pytest

from cordside.cli.main import main
from cordside.product.breaches import with_product
from cordside.protocol.read import read_protocol
from cordside.record.read import read_study
from tests.house.source import ROOT
from tests.studies.folders import STUDIES, TAIKANG, records_of

SCRIPT = ROOT / "scripts" / "simulate_taikang.py"
FOLDER = STUDIES / "taikang-2020-simulated"
CELLS = ("custody", "donor", "input", "lot", "material", "order", "output", "release", "testresult", "transform")
COPIED = ("dm", "ds", "ex", "vs")
GIVEN, WAITING = "taikang-2020-simulated-26", "taikang-2020-simulated-23"


def files_of(folder):
    """Every file below a folder: its place → bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def said(row):
    """What a row says, under the name of the rebuilt study; a column that only simulated rows fill is empty in the others."""
    return {name: cell.replace("taikang-2020-simulated", "taikang-2020") for name, cell in row.items() if cell}


def told(capsys, *words):
    """What a command prints, with its exit status."""
    status = main([*map(str, words)])
    return status, capsys.readouterr().out


def weight_of(subject):
    """The rebuilt weight of a subject."""
    return next(Decimal(row["VSORRES"]) for row in records_of(FOLDER, "vs") if (row["USUBJID"], row["VSTESTCD"]) == (subject, "WEIGHT"))


def test_the_folder_is_what_the_script_makes(tmp_path):
    subprocess.run([sys.executable, str(SCRIPT), "--out", str(tmp_path / "study")], check=True)
    assert files_of(tmp_path / "study") == files_of(FOLDER)


def test_every_row_about_the_cells_is_simulated():
    assert {path.stem for path in (FOLDER / "records").iterdir()} == {*CELLS, *COPIED}
    assert {row["ORIGIN"] for code in CELLS for row in records_of(FOLDER, code)} == {"simulated"}


@pytest.mark.parametrize("code", COPIED)
def test_rows_that_say_rebuilt_are_those_of_the_rebuilt_study(code):
    rebuilt = [said(row) for row in records_of(FOLDER, code) if row["ORIGIN"] == "rebuilt"]
    lent = [said(row) for row in records_of(TAIKANG, code) if code != "ex" or row["USUBJID"] != "taikang-2020-26"]
    assert rebuilt == lent


def test_only_infusions_with_a_container_and_consents_are_simulated_among_the_patients():
    own = {code: [row for row in records_of(FOLDER, code) if row["ORIGIN"] == "simulated"] for code in COPIED}
    assert (own["dm"], own["vs"]) == ([], [])
    assert {row["DSDECOD"] for row in own["ds"]} == {"INFORMED CONSENT OBTAINED"}
    assert {row["USUBJID"] for row in own["ex"]} == {GIVEN}
    assert all("simulated" in row["COMMENT"].lower() for rows in own.values() for row in rows)


def test_every_other_infusion_is_historical_and_has_no_lot():
    others = [row for row in records_of(FOLDER, "ex") if row["USUBJID"] != GIVEN]
    assert len(others) == 59
    assert {(row["EXHIST"], row["EXLOT"], row["EXCONT"]) for row in others} == {("Y", "", "")}


def test_infusions_from_the_lot_keep_day_dose_route_vehicle_and_volume():
    kept = ("EXTRT", "EXDOSE", "EXDOSU", "EXCNTBAS", "EXROUTE", "EXTRTV", "EXVAMT", "EXVAMTU", "VISIT")
    made = [row for row in records_of(FOLDER, "ex") if row["USUBJID"] == GIVEN]
    rebuilt = [row for row in records_of(TAIKANG, "ex") if row["USUBJID"] == "taikang-2020-26"]
    assert [[row[name] for name in kept] for row in made] == [[row[name] for name in kept] for row in rebuilt]
    assert [row["EXSTDTC"][:10] for row in made] == [row["EXSTDTC"] for row in rebuilt]


def test_orders_are_a_million_cells_per_kg_of_the_rebuilt_weight():
    orders = records_of(FOLDER, "order")
    assert [row["USUBJID"] for row in orders] == [GIVEN, GIVEN, GIVEN, WAITING]
    for row in orders:
        assert Decimal(row["WEIGHT"]) == weight_of(row["USUBJID"])
        assert int(row["TARGET"]) == 1_000_000 * weight_of(row["USUBJID"])
    assert orders[0]["TARGET"] != orders[3]["TARGET"]


def test_the_product_raises_no_query_and_no_deviation():
    record = with_product(read_study(FOLDER))
    assert record.problems == ()
    assert record.frame("DV").height == 0
    per_kg = [cells for cells in record.frame("EX")["EXVCKG"].to_list() if cells is not None]
    assert len(per_kg) == 3
    assert all(970_000 < cells < 1_030_000 for cells in per_kg)


@pytest.mark.parametrize(
    ("at", "verdict"), [("2020-01-15T00:00Z", "quarantine"), ("2020-03-20T00:00Z", "conditional"), ("2020-04-03T00:00Z", "released")]
)
def test_the_lot_has_a_verdict_at_a_time(at, verdict, capsys):
    status, out = told(capsys, "lot", FOLDER, "--lot", "SIM-T1", "--at", at)
    assert status == 0
    assert out.startswith(f"SIM-T1: product: {verdict};")


def test_the_dose_of_the_next_infusion_follows_from_the_weight(capsys):
    status, out = told(capsys, "dose", FOLDER, "--subject", "23", "--lot", "SIM-T1", "--at", "2020-04-01T02:30Z", "--json")
    (dose,) = json.loads(out)["dose"]
    target = int(1_000_000 * weight_of(WAITING))
    assert (status, dose["target_cells"], Decimal(dose["weight_kg"])) == (0, target, weight_of(WAITING))
    assert target <= dose["delivered_cells"] < target * 1.001
    assert Decimal(dose["draw_mL"]) + Decimal(dose["diluent_mL"]) == 100


def test_the_dose_is_refused_after_expiry(capsys):
    container = ("--subject", "23", "--lot", "SIM-T1", "--container", "SIM-T1-23-INFUSION3-T")
    status, out = told(capsys, "dose", FOLDER, *container, "--at", "2020-04-01T06:00Z", "--json")
    assert status == 1
    assert "expired" in [refusal["code"] for refusal in json.loads(out)["refused"]]


def test_the_protocol_says_that_the_study_is_simulated_and_keeps_what_the_paper_says():
    protocol, _ = read_protocol(FOLDER / "protocol.yaml")
    paper, _ = read_protocol(TAIKANG / "protocol.yaml")
    assert (protocol.study, protocol.origin) == ("taikang-2020-simulated", "simulated")
    assert "SIMULATED" in (protocol.title or "")
    assert "simulated" in (protocol.source or "")
    assert protocol.regimen == paper.regimen
    assert protocol.product.specification.id == "SIM-SPEC"
    assert not paper.product.is_published("specification")

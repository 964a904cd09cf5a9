"""The records of the 31-patient study are what its command makes, byte for byte, and say of themselves that they are rebuilt."""

import re
import shlex
from collections import Counter

import pytest

from cordside.cli.main import main
from cordside.protocol.read import read_protocol
from cordside.record.read import read_study
from tests.house.source import ROOT
from tests.studies.folders import TAIKANG, records_of, rows_of

PROTOCOL, _ = read_protocol(TAIKANG / "protocol.yaml")
RECORD = read_study(TAIKANG)
FILES = sorted((TAIKANG / "records").iterdir())


def command() -> list[str]:
    """The words after `cordside` of the command that the protocol's head gives."""
    line = re.search(r"^#\s+cordside (rebuild .*)$", (TAIKANG / "protocol.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert line
    return shlex.split(line[1])


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rebuilt") / "taikang-2020"
    words = command()
    words[words.index("--out") + 1] = str(folder)
    assert main([str(ROOT / word) if word.startswith("studies/") else word for word in words]) == 0
    return folder


def test_the_records_are_what_the_command_makes(rebuilt):
    made = {path.name: path.read_bytes() for path in (rebuilt / "records").iterdir()}
    assert made == {path.name: path.read_bytes() for path in FILES}


@pytest.mark.parametrize("name", ["rebuilt.yaml", "ranges.csv", "published.yaml", "protocol.yaml"])
def test_so_are_the_account_and_the_ranges(rebuilt, name):
    assert (rebuilt / name).read_bytes() == (TAIKANG / name).read_bytes()


def test_every_published_number_that_can_be_placed_is_kept():
    account = (TAIKANG / "rebuilt.yaml").read_text(encoding="utf-8")
    assert "not_kept: []" in account
    assert account.count("  where: ") == 51


def test_check_finds_no_problem():
    assert RECORD.problems == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_says_rebuilt_and_with_which_seed(path):
    rows = rows_of(path)
    assert {row["ORIGIN"] for row in rows} == {"rebuilt"}
    assert all(row["COMMENT"].startswith("Seed 2020: ") for row in rows)


def test_visits_arm_site_scale_and_regimen_are_those_of_the_protocol():
    planned = {visit.name for visit in PROTOCOL.planned_visits()}
    assert {row["VISIT"] for path in FILES for row in rows_of(path) if row.get("VISIT")} <= planned
    assert {(row["ARMCD"], row["SITEID"], row["COUNTRY"]) for row in records_of(TAIKANG, "DM")} == {("MSC", "TAIKANG", "CHN")}
    assert {row["RSCAT"] for row in records_of(TAIKANG, "RS")} == {"NHC COVID-19"}
    given = {
        (row["EXTRT"], row["EXDOSE"], row["EXDOSU"], row["EXTRTV"], row["EXVAMT"], row["EXROUTE"]) for row in records_of(TAIKANG, "EX")
    }
    assert given == {("UC-MSC", "1", "10^6/kg", "normal saline", "100", "INTRAVENOUS DRIP")}


def test_patients_have_one_two_or_three_infusions():
    assert Counter(Counter(row["USUBJID"] for row in records_of(TAIKANG, "EX")).values()) == {1: 11, 2: 9, 3: 11}


def test_complications_have_no_time():
    named = {"RESPIRATORY FAILURE", "ACUTE RESPIRATORY DISTRESS SYNDROME", "CARDIAC INJURY"}
    own = [row for row in records_of(TAIKANG, "CE") if row["CEDECOD"] in named]
    assert len(own) == 3 * 31
    assert {row["VISIT"] for row in own} == {""}
    assert not [name for name in own[0] if name.endswith("DTC")]


def test_weights_name_their_assumption():
    signs = records_of(TAIKANG, "VS")
    assert {row["COMMENT"] for row in signs if row["VSTESTCD"] in ("HEIGHT", "WEIGHT")} == {
        "Seed 2020: assumed height; weight = BMI x height^2"
    }
    assert Counter(row["VSTESTCD"] for row in signs) == {"BMI": 31, "HEIGHT": 31, "WEIGHT": 31}


@pytest.mark.parametrize("part", ["registration", "sponsor", "ethics", "endpoints", "before_each_infusion", "events_of_special_interest"])
def test_what_the_paper_does_not_say_was_not_made_up(part):
    assert not PROTOCOL.is_published(part)


def test_criteria_visit_days_infusion_days_and_release_limits_are_not_published():
    assert not any(PROTOCOL.population.is_published(key) for key in ("planned", "inclusion", "exclusion"))
    assert all(visit.day is None for visit in PROTOCOL.planned_visits())
    assert not PROTOCOL.regimen.is_published("days")
    assert not PROTOCOL.product.is_published("specification")
    assert (PROTOCOL.regimen.dose.rule, PROTOCOL.regimen.dose.cells, PROTOCOL.regimen.volume_ml) == ("per_kg", 1_000_000, 100)

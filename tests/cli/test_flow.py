"""flow prints populations with digests, refuses what it cannot count, and writes nothing that bears a name."""

import csv
import json
from pathlib import Path

import pytest

from cordside.exchange.fcs import digest_of
from cordside.product.reciperead import parse_recipe
from tests.cli.commands import files_in, json_of, shell, status_of
from tests.support.tubes import RECIPE, a_tube


@pytest.fixture
def bench(tmp_path):
    """A folder with a tube that names a patient, an isotype control and the recipe."""
    a_tube(tmp_path / "Lastname.fcs", 6_000, **{"$SRC": "Lastname", "$OP": "Operatorname"})
    a_tube(tmp_path / "isotype.fcs", 4_000, seed=2, stained=False)
    (tmp_path / "recipe.yaml").write_text(RECIPE, encoding="utf-8")
    return tmp_path


def asked(bench, *more):
    return ("flow", bench / "Lastname.fcs", "--recipe", bench / "recipe.yaml", "--control", f"isotype={bench / 'isotype.fcs'}", *more)


def said(capsys, *arguments):
    """Exit status and what stands on standard error."""
    status = status_of(*arguments)
    return status, capsys.readouterr().err


def test_populations_have_the_promised_keys_and_digests_stand_beside_them(bench, capsys):
    found = json_of(capsys, *asked(bench))
    first = found["populations"][0]
    assert list(first) == ["file", "gate", "parent", "events", "percent_of_parent", "conf_low", "conf_high"]
    assert (first["file"], first["gate"], first["parent"]) == ("Lastname.fcs", "cells", "all events")
    assert first["conf_low"] < first["percent_of_parent"] == 100 * first["events"] / 6_000 < first["conf_high"]
    assert found["recipe"]["sha256"] == parse_recipe(RECIPE)[1]
    assert [(one["kind"], one["sha256"]) for one in found["recipe"]["controls"]] == [("isotype", digest_of(bench / "isotype.fcs"))]
    assert [(one["sha256"], one["verdict"]) for one in found["files"]] == [(digest_of(bench / "Lastname.fcs"), "pass")]
    assert {test["code"] for test in found["files"][0]["tests"]} == {"CD73", "CD90", "CD105", "CD45", "CD34", "HLADR", "VIA7AAD", "VIADNEG"}


def test_people_read_percentages_thresholds_and_the_verdict(bench, capsys):
    assert status_of(*asked(bench)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("  CD73+: ") and " of live: " in line and " % (" in line for line in lines)
    assert any("percentile 99 of the isotype control (" in line and "type-7" in line for line in lines)
    assert lines[-1] == "  panel: pass"


def test_the_same_files_give_the_same_output(bench):
    assert shell(*asked(bench, "--json")).stdout == shell(*asked(bench, "--json")).stdout != ""


def test_pictures_results_and_a_scrubbed_copy_are_written(bench, capsys):
    assert status_of(*asked(bench, "--out", bench / "out")) == 0
    name = f"fcs-{digest_of(bench / 'Lastname.fcs')[:16]}"
    files = files_in(bench / "out")
    assert set(files) == {"testresult.csv", f"{name}.html", f"{name}.fcs"}
    assert not any(b"Lastname" in raw or b"Operatorname" in raw for raw in files.values())
    assert files[f"{name}.html"].count(b"<svg") == 1
    with (bench / "out" / "testresult.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["TSTCD"]: row for row in csv.DictReader(file)}
    found = json_of(capsys, *asked(bench))
    cd73 = next(one for one in found["populations"] if one["gate"] == "CD73+")
    live = next(one for one in found["populations"] if one["gate"] == "live")
    row = rows["CD73"]
    assert (float(row["ORRES"]), row["ORRESU"], int(row["EVENTS"])) == (cd73["percent_of_parent"], "%", live["events"])
    assert (float(row["CILOW"]), float(row["CIHIGH"])) == (cd73["conf_low"], cd73["conf_high"])
    assert rows["VIADNEG"]["CTLSHA"] == f"isotype={digest_of(bench / 'isotype.fcs')}"
    assert (rows["VIADNEG"]["RAWSHA"], rows["VIADNEG"]["RCPSHA"]) == (digest_of(bench / "Lastname.fcs"), parse_recipe(RECIPE)[1])


def test_the_working_copy_gives_the_same_populations(bench, capsys):
    status_of(*asked(bench, "--out", bench / "out"))
    copy = next((bench / "out").glob("*.fcs"))
    before = json_of(capsys, *asked(bench))["populations"]
    after = json_of(capsys, "flow", copy, *asked(bench)[2:])["populations"]
    assert [{**one, "file": ""} for one in before] == [{**one, "file": ""} for one in after]


def test_results_reported_before_are_reproduced_bit_for_bit(bench, capsys):
    status_of(*asked(bench, "--out", bench / "out"))
    table = bench / "out" / "testresult.csv"
    assert status_of(*asked(bench, "--against", table)) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "testresult.csv: reproduced bit for bit."


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("CD73,", "CD19,", "CD19: the recipe does not count it"),
        (None, "1", "CD73: ORRES was 1"),
        ("isotype=", "fmo=", "CD73: the set of controls is not the one reported (CTLSHA differs)"),
    ],
)
def test_a_result_that_is_not_found_again_is_told(old, new, words, bench, capsys):
    status_of(*asked(bench, "--out", bench / "out"))
    table = bench / "out" / "testresult.csv"
    text = table.read_text(encoding="utf-8")
    old = old or next(csv.DictReader(text.splitlines()))["ORRES"]
    table.write_text(text.replace(old, new, 1), encoding="utf-8")
    status, error = said(capsys, *asked(bench, "--against", table))
    assert status == 1 and words in error


def test_another_recipe_or_file_is_told(bench, capsys):
    status_of(*asked(bench, "--out", bench / "out"))
    table = bench / "out" / "testresult.csv"
    (bench / "recipe.yaml").write_text(RECIPE.replace("fixed: 1000", "fixed: 1001"), encoding="utf-8")
    status, error = said(capsys, *asked(bench, "--against", table))
    assert status == 1 and "CD73: the recipe is not the one reported" in error
    status, error = said(capsys, "flow", bench / "isotype.fcs", *asked(bench)[2:], "--against", table)
    assert status == 1 and "no row was reported for these files" in error
    assert status_of(*asked(bench, "--against", bench / "recipe.yaml")) == 2


def test_nothing_is_overwritten_unasked_and_nothing_is_half_written(bench, capsys):
    assert status_of(*asked(bench, "--out", bench / "out")) == 0
    before = files_in(bench / "out")
    assert status_of(*asked(bench, "--out", bench / "out")) == 2
    assert files_in(bench / "out") == before and status_of(*asked(bench, "--out", bench / "out", "--force")) == 0
    assert files_in(bench / "out") == before


def test_a_recipe_that_needs_a_control_refuses_without_it(bench, capsys):
    status, error = said(capsys, "flow", bench / "Lastname.fcs", "--recipe", bench / "recipe.yaml")
    assert (status, error) == (2, "recipe.yaml: needs the control isotype; add --control isotype=FILE.\n")


def test_a_control_may_be_named_by_the_recipe(bench, capsys):
    given = json_of(capsys, *asked(bench))["populations"]
    (bench / "recipe.yaml").write_text(RECIPE + "controls: {isotype: isotype.fcs}\n", encoding="utf-8")
    assert json_of(capsys, "flow", bench / "Lastname.fcs", "--recipe", bench / "recipe.yaml")["populations"] == given


@pytest.mark.parametrize(
    ("control", "words"),
    [("isotype", "KIND=FILE is allowed"), ("fmo=x.fcs", "no threshold uses the control fmo"), ("isotype=none.fcs", "no such file")],
)
def test_a_control_that_cannot_be_used_is_told(control, words, bench, capsys):
    status, error = said(capsys, *asked(bench)[:4], "--control", control)
    assert status == 2 and words in error


def test_one_kind_of_control_is_given_once(bench, capsys):
    status, error = said(capsys, *asked(bench, "--control", "isotype=x.fcs"))
    assert status == 2 and "stands twice" in error


def test_an_absent_channel_or_marker_is_told_with_those_there_are(bench, capsys):
    text = RECIPE.replace("x: FSC-A", "x: FSC-W").replace("HLA-DR", "CD19")
    (bench / "recipe.yaml").write_text(text, encoding="utf-8")
    status, error = said(capsys, "flow", bench / "Lastname.fcs", *asked(bench)[2:])
    assert status == 2 and "FSC-W: no channel has this name; the channels are FSC-A, " in error


def test_every_mistake_of_a_recipe_is_told_with_its_line(bench, capsys):
    (bench / "recipe.yaml").write_text(RECIPE.replace("version:", "versin:"), encoding="utf-8")
    status, error = said(capsys, *asked(bench))
    assert status == 2 and "recipe.yaml:3: versin: the key is not known" in error and "did you mean version" in error


@pytest.mark.parametrize(("raw", "words"), [(b"", "is empty"), (b"plain text", "is no FCS file"), (None, "truncated")])
def test_a_file_that_cannot_be_read_is_told_and_nothing_is_written(raw, words, bench, capsys):
    whole = (bench / "Lastname.fcs").read_bytes()
    (bench / "bad.fcs").write_bytes(whole[:-50] if raw is None else raw)
    status, error = said(capsys, *asked(bench)[:2], bench / "bad.fcs", *asked(bench)[2:], "--out", bench / "out")
    assert status == 2 and words in error and error.startswith("bad.fcs: ") and not (bench / "out").exists()


def test_offsets_that_disagree_are_believed_only_when_told(bench, capsys):
    path = bench / "Lastname.fcs"
    raw = bytearray(path.read_bytes())
    raw[26:34] = f"{int(raw[26:34]) - 4:>8}".encode()
    path.write_bytes(raw)
    status, error = said(capsys, *asked(bench))
    assert status == 2 and "--offsets header or --offsets text" in error
    assert status_of(*asked(bench, "--offsets", "text")) == 0


def test_one_data_set_of_several_is_named(bench, capsys):
    a_tube(bench / "first.fcs", 500, seed=7, **{"$NEXTDATA": "NNNNNNN"})
    first, second = (bench / "first.fcs").read_bytes(), (bench / "Lastname.fcs").read_bytes()
    (bench / "two.fcs").write_bytes(first.replace(b"NNNNNNN", b"%07d" % len(first)) + second)
    status, error = said(capsys, "flow", bench / "two.fcs", *asked(bench)[2:])
    assert status == 2 and "two.fcs: holds 2 data sets" in error
    found = json_of(capsys, "flow", bench / "two.fcs", *asked(bench)[2:], "--data-set", "2")
    assert found["files"][0]["events"] == 6_000


def test_gates_of_gating_ml_are_counted(bench, capsys):
    name = "http://www.isac-net.org/std/Gating-ML/v2.0"
    gates = f"""<g:Gating-ML xmlns:g="{name}/gating" xmlns:d="{name}/datatypes"><g:RectangleGate g:id="big">
    <g:dimension g:compensation-ref="uncompensated" g:min="60000"><d:fcs-dimension d:name="FSC-A"/></g:dimension>
    </g:RectangleGate></g:Gating-ML>"""
    (bench / "gates.xml").write_text(gates, encoding="utf-8")
    found = json_of(capsys, "flow", bench / "Lastname.fcs", "--recipe", bench / "gates.xml")
    assert [one["gate"] for one in found["populations"]] == ["big"] and found["populations"][0]["percent_of_parent"] > 80
    assert status_of("flow", bench / "Lastname.fcs", "--recipe", bench / "gates.xml", "--out", bench / "out") == 0
    assert status_of("flow", bench / "Lastname.fcs", "--recipe", bench / "gates.xml", "--control", "isotype=x.fcs") == 2


def test_several_tubes_are_counted_at_once_and_called_apart(bench, capsys):
    (bench / "other").mkdir()
    a_tube(bench / "other" / "Lastname.fcs", 3_000, seed=5)
    found = json_of(capsys, *asked(bench)[:2], bench / "other" / "Lastname.fcs", *asked(bench)[2:])
    assert [Path(one["file"]).name for one in found["files"]] == ["Lastname.fcs"] * 2 and len({one["file"] for one in found["files"]}) == 2


def test_a_tube_whose_gate_is_empty_has_null_percentages(bench, capsys):
    gates = "gates:\n  - {id: none, box: {FSC-A: [1e9, ~]}}\n  - {id: below, parent: none, box: {FSC-A: [0, ~]}}\n"
    (bench / "recipe.yaml").write_text(f'format: 1\nname: n\nversion: "1"\n{gates}', encoding="utf-8")
    found = json_of(capsys, *asked(bench)[:4])
    assert [found["populations"][1][key] for key in ("events", "percent_of_parent", "conf_low")] == [0, None, None]
    assert json.dumps(found, allow_nan=False)
    assert status_of(*asked(bench)[:4], "--out", bench / "out") == 0


def test_the_recipe_of_the_how_to_page_is_sound():
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "read-cytometry.md").read_text(encoding="utf-8")
    recipe, _ = parse_recipe(page.split("```yaml\n")[1].split("```")[0])
    assert recipe.panel == "isct" and recipe.markers is not None

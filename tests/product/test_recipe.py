"""A recipe is read strictly, every mistake at once with its line; its digest is that of what it says."""

import pytest

from cordside.errors import ProblemsFound
from cordside.product import recipe as declared
from cordside.product.recipemistakes import _KEYS
from cordside.product.reciperead import parse_recipe
from tests.support.tubes import RECIPE

SMALL = """\
format: 1
name: small
version: 1
gates:
  - {id: cells, box: {FSC-A: [1000, ~]}}
"""


def problems_of(text):
    with pytest.raises(ProblemsFound) as found:
        parse_recipe(text, "recipe.yaml")
    return [str(problem) for problem in found.value.problems]


def test_a_whole_recipe_is_read():
    recipe, digest = parse_recipe(RECIPE)
    assert [gate.id for gate in recipe.gates] == ["cells", "singlets", "live"]
    assert recipe.background_subtraction is False and str(recipe.level) == "0.95" and len(digest) == 64


def test_the_digest_is_that_of_the_canonical_json():
    assert parse_recipe(SMALL)[1] == "73009b9e5dffbf77100491582ad0346a2af25f4580ce1a40dd4efc36c6413bc3"


def test_blanks_remarks_and_order_do_not_change_the_digest_but_every_value_does():
    _, digest = parse_recipe(SMALL)
    assert parse_recipe("# a remark\n" + SMALL.replace("name: small\nversion: 1\n", "version: 1\nname:   small\n"))[1] == digest
    assert parse_recipe(SMALL.replace("1000", "1001"))[1] != digest
    assert parse_recipe(SMALL.replace("version: 1", "version: 1.0"))[1] != digest


def test_every_mistake_is_told_at_once_with_its_line():
    text = RECIPE.replace("compensation: file", "compensation: fle").replace("markers:", "makers:")
    text = text.replace("fixed: 1000", "fixed: thousand")
    said = problems_of(text)
    assert [line.split(":")[1] for line in said] == ["4", "25", "26"]
    assert "compensation: 'fle' is not known here; one of 'file' or 'none'; did you mean file" in said[0]
    assert "thresholds.HLA-DR.fixed: 'thousand' is not a number with a point" in said[1]
    assert "makers: the key is not known" in said[2] and "did you mean markers" in said[2]


MISTAKES = {
    "no gates": (SMALL.replace("gates:", "gate:").replace("  - ", "  -  "), "gates: the key is missing"),
    "two shapes": (SMALL.replace("box:", "negative: [X], box:"), "2 shapes in one gate"),
    "no shape": (SMALL.replace(", box: {FSC-A: [1000, ~]}", ""), "0 shapes in one gate"),
    "no bound": (SMALL.replace("[1000, ~]", "[~, ~]"), "a range without bounds"),
    "bounds that fall": (SMALL.replace("[1000, ~]", "[1000, 10]"), "a low bound that is not below the high one"),
    "not finite": (SMALL.replace("1000", "inf"), "a number with a point"),
    "two points": (RECIPE.replace("[262143, 140000], [45000, 140000]]", "]").replace("10000], ]", "10000]]"), "at least 3"),
    "a gate twice": (RECIPE.replace("id: live", "id: cells"), "cells stands twice"),
    "a parent below": (RECIPE.replace("parent: cells", "parent: live"), "live is no gate above this one"),
    "a parent of markers": (RECIPE.replace("markers:\n  parent: live", "markers:\n  parent: lives"), "lives is no gate"),
    "no threshold": (RECIPE.replace("  CD45: {control: isotype, percentile: 99.5}\n", ""), "CD45 has no threshold"),
    "a threshold for nothing": (RECIPE.replace("CD34, HLA-DR]", "CD34]"), "no gate, marker or viability uses HLA-DR"),
    "a marker twice": (RECIPE.replace("CD34, HLA-DR]", "CD34, HLA-DR, CD34]"), "CD34 stands twice"),
    "two ways": (RECIPE.replace("{fixed: 1000}", "{fixed: 1000, percentile: 99}"), "2 ways to set a threshold"),
    "no way": (RECIPE.replace("{fixed: 1000}", "{control: fmo}"), "0 ways to set a threshold"),
    "percentile of nothing": (RECIPE.replace("{fixed: 1000}", "{percentile: 99}"), "a percentile of nothing"),
    "percentile 100": (RECIPE.replace("percentile: 99.5", "percentile: 100"), "less than 100"),
    "unknown control": (RECIPE.replace("control: isotype", "control: isotpe"), "isotpe is no kind of control"),
    "an idle control": (RECIPE.replace("{fixed: 1000}", "{fixed: 1000, control: fmo}"), "which is off"),
    "a control that nobody uses": (RECIPE + "controls: {fmo: x.fcs}\n", "no threshold uses the control fmo"),
    "a kind of control": (RECIPE + "controls: {none: x.fcs}\n", "none is no kind of control"),
    "a polygon for viability": (
        RECIPE.replace("Annexin V: {fixed: 1500}", "Annexin V: {polygon: {x: A, y: B, points: [[0, 0], [1, 0], [1, 1]]}}"),
        "viability cannot be judged by a polygon",
    ),
    "limits that do not fit": (RECIPE.replace('operator: ">=", limit: 95', 'operator: between, limit: 95', 1), "between with 1 limits"),
    "a marker in two rows": (RECIPE.replace("marker: CD90,", "marker: CD73 or CD90,"), "CD73 stands in two rows"),
    "a matrix": (RECIPE.replace("compensation: file", "compensation: {channels: [A, B], matrix: [[1, 0]]}"), "the matrix is not 2 × 2"),
    "a name taken": (RECIPE.replace("id: live", "id: CD73+").replace("parent: live", "parent: CD73+"), "has the name of a gate"),
    "a scale": (SMALL + "scales: {FSC-A: {kind: logicle, W: 4}}\n", "W or A is outside the limits"),
    "panel without markers": (SMALL + "panel: isct\n", "a panel without markers"),
    "another format": (SMALL.replace("format: 1", "format: 2"), "'2' is not known here"),
    "nothing": ("", "no recipe"),
    "a list": ("- a\n", "no recipe"),
}


@pytest.mark.parametrize(("text", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_in_words(text, said):
    found = problems_of(text)
    assert any(said in line for line in found), found
    assert all(line.startswith("recipe.yaml:") for line in found)


def test_known_keys_of_the_messages_are_those_of_the_declarations():
    parts = {
        (): declared.Recipe,
        ("gates",): declared.GatePart,
        ("thresholds",): declared.Threshold,
        ("markers",): declared.Markers,
        ("viability",): declared.Viability,
        ("panel",): declared.PanelRow,
        ("scales",): declared.Scale,
        ("polygon",): declared.Drawn,
        ("quotient",): declared.Quotient,
        ("compensation",): declared.OwnMatrix,
    }
    assert {place: tuple(part.model_fields) for place, part in parts.items()} == {place: tuple(keys) for place, keys in _KEYS.items()}

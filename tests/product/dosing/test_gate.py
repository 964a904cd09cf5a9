"""The gate of a dose: every code that applies, in order, and nothing drawn that it does not know of."""

from datetime import datetime
from fractions import Fraction

import pytest

from cordside.errors import CannotDo
from cordside.product.cellrows import cells_of
from cordside.product.dosing.gate import choose, work_out
from cordside.product.dosing.working import Dose
from cordside.product.refusals import CODES
from cordside.record.read import read_study
from tests.product.made import a_cells_study, sets
from tests.support.doses import AT, REGIMEN, a_dose_study, replaced, with_row

DOSE = REGIMEN["dose"]
CAPS = REGIMEN["caps"]


def worked(folder, regimen=None, subject="T-1", container="C1", at=AT, **changed) -> Dose:
    cells = cells_of(read_study(a_dose_study(folder, regimen, **changed)))
    return work_out(cells, subject, "L1", container, datetime.fromisoformat(at))


def codes(dose):
    return [refusal.code for refusal in dose.refusals]


def test_a_dose_that_nothing_forbids(tmp_path):
    dose = worked(tmp_path)
    assert (codes(dose), dose.warnings) == ([], ())
    assert (dose.order.target_cells, dose.draw.volume_ul, dose.draw.diluent_ul, dose.draw.cells) == (70_000_000, 28_000, 72_000, 70_000_000)
    assert dose.concentration.source == ("records/testresult.csv:3",)
    assert (dose.expiry.isoformat(), dose.end.isoformat()) == ("2026-01-05T15:00:00+00:00", "2026-01-05T10:40:00+00:00")
    assert dose.dmso_g == Fraction("0.616")
    assert dose.eu_per_kg == Fraction("0.2")


def test_the_draw_is_rounded_up_and_the_dose_computed_again(tmp_path):
    dose = worked(tmp_path, {"syringe_step_ml": "3", "overfill_ml": "10"})
    assert (dose.draw.volume_ul, dose.draw.prepared_ul, dose.draw.given_ul) == (33_000, 110_000, 100_000)
    assert dose.draw.cells == 75_000_000
    assert codes(dose) == ["not_enough_cells"]


def test_a_weight_is_needed_and_it_must_be_recent(tmp_path):
    assert codes(worked(tmp_path / "none", VS=None)) == ["no_weight"]
    old = worked(tmp_path / "old", VS=replaced("VS", "2026-01-04", "2026-01-01"))
    assert codes(old) == ["weight_too_old"]
    assert "4 days old" in old.refusals[0].why and "vs.csv:3" in old.refusals[0].why
    edge = worked(tmp_path / "edge", VS=replaced("VS", "2026-01-04", "2026-01-02"))
    assert codes(edge) == []


def test_a_weight_of_the_future_or_without_a_day_is_not_taken(tmp_path):
    assert worked(tmp_path / "future", VS=replaced("VS", "2026-01-04", "2026-01-06")).weight.actual.value == 71
    undated = worked(tmp_path / "undated", VS="USUBJID | VSTESTCD | VSORRES | VSORRESU | VSDTC\nT-1 | WEIGHT | 70 | kg | 2026-01")
    assert codes(undated) == ["weight_too_old"]


def test_the_day_is_that_of_the_site(tmp_path):
    # 17:00 in London is the next day in Shanghai, so that a weight of four days ago there is too old.
    changed = {"VS": replaced("VS", "2026-01-04", "2026-01-02")}
    assert codes(worked(tmp_path / "a", at="2026-01-05T15:59:00Z", **changed))[0] == "expired"
    assert codes(worked(tmp_path / "b", at="2026-01-05T16:00:00Z", **changed))[0] == "weight_too_old"


def test_a_heavy_subject_is_dosed_by_the_cap_and_the_sheet_says_so(tmp_path):
    dose = worked(tmp_path, subject="T-2", container="C2")
    assert dose.order.target_cells == 100_000_000
    assert dose.warnings[0] == "The weight is actual, capped at 100 kg; measured were 120 kg"


def test_a_predicted_weight_needs_height_and_sex(tmp_path):
    by_height = {"dose": DOSE.replace("per_kg,", "per_kg_pbw,")}
    dose = worked(tmp_path / "a", by_height)
    assert (dose.order.target_cells, dose.weight.kind) == (70_566_000, "predicted")
    assert codes(worked(tmp_path / "b", by_height, subject="T-2", container="C2"))[0] == "no_weight"


def test_a_flat_dose_needs_no_weight_unless_a_cap_does(tmp_path):
    flat = {"dose": "{rule: flat, cells: 30000000, count: viable}"}
    assert codes(worked(tmp_path / "caps", flat, VS=None)) == ["no_weight"]
    free = worked(tmp_path / "free", flat | {"caps": "{volume_ml: 150}"}, VS=None)
    assert (codes(free), free.draw.volume_ul, free.per_kg) == ([], 12_000, None)


def test_the_concentration_is_counted_after_thaw_on_the_stated_basis(tmp_path):
    only_made = worked(tmp_path / "made", TESTRESULT=replaced("TESTRESULT", "R2    | material | C1", "R2    | material | C9"))
    assert only_made.draw.volume_ul == 25_000
    assert only_made.warnings == ("Nobody counted in this container; the concentration is from cells and volume at fill",)
    total = worked(tmp_path / "total", {"dose": DOSE.replace("viable", "total")})
    assert codes(total) == ["concentration_missing"]
    before = worked(
        tmp_path / "before",
        TRANSFORM=replaced("TRANSFORM", "thaw    | 2026-01-05T09:00:00Z", "split   | 2026-01-05T09:00:00Z"),
        TESTRESULT=replaced("TESTRESULT", "cells/mL | 30 ", "cells/mL |    "),
    )
    assert "concentration_missing" in codes(before)
    label = worked(
        tmp_path / "label",
        {"dose": DOSE.replace("rule:", "concentration: label, rule:")},
        TRANSFORM=replaced("TRANSFORM", "thaw    | 2026-01-05T09:00:00Z", "split   | 2026-01-05T09:00:00Z"),
    )
    assert "concentration_missing" not in codes(label)


@pytest.mark.parametrize(
    ("rows", "per_ml", "viability"),
    [
        ([("Total cells", "3", "10^6/mL"), ("Viability", "80", "%")], 2_400_000, 80),
        ([("Viability", "50", "%")], 1_600_000, 50),
        ([("Viable cells", "2.0", "10^6 cells/mL"), ("Total cells", "2500000", "cells/mL")], 2_000_000, 80),
        ([("Viable cells", "<5", "10^6 cells/mL")], 2_500_000, None),
    ],
)
def test_viable_cells_follow_from_what_was_counted(tmp_path, rows, per_ml, viability):
    drawn = [
        f"N{at} | material | C1 | {test} | Chamber | 2026-01-05T09:55Z | {value} | {unit} | 50 | bo | reviewed"
        for at, (test, value, unit) in enumerate(rows)
    ]
    old = replaced("TESTRESULT", "R2    | material | C1", "R2    | material | C9") if "<5" not in rows[0] else None
    table = old or with_row("TESTRESULT", "")
    dose = worked(tmp_path, TESTRESULT=table.rstrip() + "\n" + "\n".join(drawn))
    assert dose.concentration.viable_per_ml == per_ml
    assert dose.concentration.viability_pct == viability


def test_the_last_count_that_stands_is_taken(tmp_path):
    base = "| material | C1 | Viable cells | Chamber |"
    rest = "| 2000000 | cells/mL | 50 | bo | {}"
    late = with_row("TESTRESULT", f"R9 {base} 2026-01-05T11:00:00Z {rest.format('reviewed')}")
    assert worked(tmp_path / "late", TESTRESULT=late).concentration.viable_per_ml == 2_500_000
    wrong = with_row("TESTRESULT", f"R9 {base} 2026-01-05T09:55:00Z {rest.format('invalidated')}")
    assert worked(tmp_path / "wrong", TESTRESULT=wrong).concentration.viable_per_ml == 2_500_000
    sound = with_row("TESTRESULT", f"R9 {base} 2026-01-05T09:55:00Z {rest.format('reviewed')}")
    assert worked(tmp_path / "sound", TESTRESULT=sound).draw.volume_ul == 35_000


def test_too_few_cells_name_the_containers_to_pool(tmp_path):
    dose = worked(tmp_path, {"dose": DOSE.replace("1000000", "1300000")})
    assert codes(dose) == ["not_enough_cells"]
    assert dose.refusals[0].why == "container C1: 36.5 mL to draw, and 30 mL are in it"
    assert "C2" in dose.refusals[0].remedy


def test_a_coarse_syringe_leaves_the_tolerance(tmp_path):
    dose = worked(tmp_path, {"syringe_step_ml": "16", "dose": DOSE.replace("1000000", "250000")})
    assert codes(dose) == ["dose_out_of_tolerance"]


@pytest.mark.parametrize(
    ("regimen", "code"),
    [
        ({"caps": "{volume_ml: 99}"}, "over_volume_cap"),
        ({"volume_ml": "27"}, "over_volume_cap"),
        ({"duration_min": "19"}, "over_rate_cap"),
        ({"caps": "{dmso_g_per_kg: 0.008}"}, "over_dmso_cap"),
        ({"caps": "{endotoxin_eu_per_kg_per_h: 0.19}"}, "over_endotoxin_cap"),
    ],
)
def test_a_cap_that_is_exceeded_refuses(tmp_path, regimen, code):
    assert codes(worked(tmp_path, regimen)) == [code]


@pytest.mark.parametrize(
    "regimen",
    [
        {"caps": "{volume_ml: 100}"},
        {"volume_ml": "28"},
        {"duration_min": "20"},
        {"caps": "{dmso_g_per_kg: 0.0088}"},
        {"caps": "{endotoxin_eu_per_kg_per_h: 0.2}"},
        {"caps": "{endotoxin_eu_per_kg_per_h: 0.1}", "duration_min": "120"},
        {"caps": "not_published", "volume_ml": "not_published", "duration_min": "not_published"},
    ],
)
def test_exactly_a_cap_is_allowed(tmp_path, regimen):
    assert codes(worked(tmp_path, regimen)) == []


def test_what_cannot_be_checked_is_said(tmp_path):
    changed = {
        "MATERIAL": replaced("MATERIAL", "| 30  | Sodium chloride | 2 ", "| 30  | Sodium chloride |   "),
        "TESTRESULT": replaced("TESTRESULT", "Endotoxin    ", "Bioburden    "),
    }
    dose = worked(tmp_path, {"duration_min": "not_published", "caps": CAPS.replace("rate_ml_per_min: 5, ", "")}, **changed)
    assert dose.warnings == (
        "DMSO of the container is not recorded: its cap was not checked",
        "No endotoxin in EU/mL is recorded: its cap was not checked",
        "Neither a duration nor a fastest rate is planned: when the infusion ends is not known",
    )


def test_without_a_duration_the_fastest_rate_tells_the_end(tmp_path):
    dose = worked(tmp_path, {"duration_min": "not_published"})
    assert (dose.minutes, dose.end.isoformat()) == (20, "2026-01-05T10:20:00+00:00")


def test_an_order_goes_before_the_protocol(tmp_path):
    head = "ORDID | USUBJID | RULE | CNTBASIS | PERKG | TARGET | TOLPCT | MATID | MAXRATE | ORDBY | VERBY | ORDDTC | ORDSTAT\n"
    row = "O1 | T-1 | per_kg | viable | 1000000 | 71000000 | 5 | C1 | 2 | eve | bo | 2026-01-05T08:00:00Z | {}"
    dose = worked(tmp_path / "a", {"duration_min": "not_published"}, ORDER=head + row.format("verified"))
    assert (codes(dose), dose.order.target_cells, dose.draw.volume_ul, dose.minutes) == ([], 71_000_000, 28_500, 50)
    assert dose.warnings == ("The order names 71,000,000 cells; by its rule and the last weight they are 70,000,000",)
    assert codes(worked(tmp_path / "b", {"duration_min": "50"}, ORDER=head + row.format("ordered"))) == ["order_not_verified"]
    assert worked(tmp_path / "c", ORDER=head + row.format("cancelled")).order.target_cells == 70_000_000


def test_all_reasons_are_given_at_once_and_in_order(tmp_path):
    dose = worked(
        tmp_path,
        {"caps": "{volume_ml: 50}", "duration_min": "10"},
        subject="T-2",
        at="2026-01-05T15:00:00Z",
        VS=replaced("VS", "120     | kg       | 2026-01-04", "120     | kg       | 2025-12-01"),
        DS=None,
        RELEASE=None,
        MATERIAL=replaced("MATERIAL", "T-1     | available", "T-1     | disposed"),
    )
    found = codes(dose)
    order = [*CODES["dose"], *CODES["start"]]
    assert found == sorted(found, key=order.index)
    wanted = {"weight_too_old", "not_enough_cells", "over_volume_cap", "consent_not_active", "lot_not_released"}
    assert wanted | {"container_of_another_subject", "container_not_available", "expired", "would_end_after_expiry"} <= set(found)
    assert all(refusal.why and refusal.allowed and refusal.remedy for refusal in dose.refusals)


def test_the_container_meant_for_the_subject_is_chosen_and_else_a_free_one(tmp_path):
    at = datetime.fromisoformat(AT)
    cells = cells_of(read_study(a_dose_study(tmp_path, {"dose": DOSE.replace("1000000", "500000")})))
    assert choose(cells, "T-1", "L1", at).container == "C1"
    second = choose(cells, "T-2", "L1", at)
    assert (second.container, codes(second)) == ("C2", [])


def test_where_all_are_refused_the_container_meant_for_the_subject_says_why(tmp_path):
    cells = cells_of(read_study(a_cells_study(tmp_path)))
    late = choose(cells, "cells-004", "UC-01", datetime.fromisoformat("2026-02-02T14:00:00Z"))
    assert (late.container, codes(late)) == ("UC-01-3T", ["expired", "would_end_after_expiry"])


def test_a_container_is_not_there_before_it_was_thawed(tmp_path):
    cells = cells_of(read_study(a_cells_study(tmp_path)))
    early = work_out(cells, "cells-004", "UC-01", "UC-01-3T", datetime.fromisoformat("2026-02-02T07:59:00Z"))
    assert codes(early) == ["container_not_available"]
    assert codes(work_out(cells, "cells-004", "UC-01", "UC-01-3T", datetime.fromisoformat("2026-02-02T08:00:00Z"))) == []


@pytest.mark.parametrize(("name", "value"), [("TOLPCT", "-5"), ("TOLPCT", "150"), ("TARGET", "0"), ("MAXRATE", "0"), ("PERKG", "-1")])
def test_an_order_by_which_nobody_can_dose_is_asked_back(name, value, tmp_path):
    cells = cells_of(read_study(a_cells_study(tmp_path, order=sets("ORDID", "O-4", **{name: value}))))
    with pytest.raises(CannotDo, match=f"records/order.csv:5: {name}: order O-4 says {value}; "):
        work_out(cells, "cells-004", "UC-01", "UC-01-3T", datetime.fromisoformat("2026-02-02T09:00:00Z"))


def test_a_share_of_dmso_that_cannot_be_is_asked_back(tmp_path):
    cells = cells_of(read_study(a_cells_study(tmp_path, material=sets("MATID", "UC-01-3T", DMSOPCT="150"))))
    with pytest.raises(CannotDo, match="records/material.csv:38: DMSOPCT: container UC-01-3T says 150 %"):
        work_out(cells, "cells-004", "UC-01", "UC-01-3T", datetime.fromisoformat("2026-02-02T09:00:00Z"))


def test_nobody_is_dosed_without_a_rule_or_in_an_untreated_arm(tmp_path):
    with pytest.raises(CannotDo, match="how many cells"):
        worked(tmp_path / "a", {"dose": "not_published"})
    folder = a_dose_study(tmp_path / "b")
    text = (folder / "protocol.yaml").read_text().replace("{label: UC-MSC}", "{label: Control, treated: false}")
    (folder / "protocol.yaml").write_text(text)
    with pytest.raises(CannotDo, match="gets no cells"):
        work_out(cells_of(read_study(folder)), "T-1", "L1", "C1", datetime.fromisoformat(AT))


def test_a_lot_without_a_container_cannot_be_dosed_from(tmp_path):
    cells = cells_of(read_study(a_dose_study(tmp_path, MATERIAL=None)))
    with pytest.raises(CannotDo, match="no container"):
        choose(cells, "T-1", "L1", datetime.fromisoformat(AT))

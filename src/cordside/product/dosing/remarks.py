"""What a person must know of a dose that the gate lets pass: choices that were made, and what could not be checked."""

from collections.abc import Iterator

from cordside.product.cellrows import Cells
from cordside.product.dosing.working import Dose
from cordside.product.release import lot_state
from cordside.protocol.regimen import Caps, Regimen

_NO_CAPS = Caps()


def warnings_of(cells: Cells, dose: Dose, regimen: Regimen) -> Iterator[str]:
    """Sentences, each of one thing."""
    yield from _of_the_order(dose, regimen)
    yield from _of_the_cells(cells, dose)
    yield from _of_the_limits(dose, regimen)


def _of_the_order(dose: Dose, regimen: Regimen) -> Iterator[str]:
    if dose.asked.basis == "not stated":
        counted = "viable" if dose.concentration.viable_per_ml is not None else "all"
        yield f"Viable or total is not stated; the draw is counted in {counted} cells"
    if "capped" in dose.weight.kind and dose.weight.actual is not None:
        yield f"The weight is {dose.weight.kind}; measured were {dose.weight.actual.value} kg"
    by_rule = dose.asked.by_protocol(dose.weight) if dose.asked.target is not None else None
    if by_rule is not None and by_rule.target_cells != dose.asked.target:
        yield f"The order names {dose.asked.target:,} cells; by its rule and the last weight they are {by_rule.target_cells:,}"
    if regimen.volume_ml is None:
        yield "The protocol gives no volume of one infusion: given as drawn, not diluted"


def _of_the_cells(cells: Cells, dose: Dose) -> Iterator[str]:
    found = dose.concentration
    if not found.reviewed:
        yield "The count that the draw rests on was not reviewed yet"
    if found.source and not found.words.startswith("counted"):
        yield f"Nobody counted in this container; the concentration is from {found.words}"
    if dose.draw is not None and dose.left_ul is None:
        yield "The volume in the container is not recorded: whether there is enough was not checked"
    if dose.expiry is None:
        yield "No expiry is known for this container"
    if lot_state(cells, dose.lot, dose.at) == "conditional":
        outstanding = next((row["OUTSTND"] for row in reversed(cells.releases.get(dose.lot, [])) if row["OUTSTND"]), None)
        yield f"The lot is released conditionally; outstanding: {outstanding or 'not listed'}"


def _of_the_limits(dose: Dose, regimen: Regimen) -> Iterator[str]:
    caps = regimen.caps or _NO_CAPS
    if caps.dmso_g_per_kg is not None and dose.dmso_pct is None:
        yield "DMSO of the container is not recorded: its cap was not checked"
    if caps.endotoxin_eu_per_kg_per_h is not None and dose.endotoxin is None:
        yield "No endotoxin in EU/mL is recorded: its cap was not checked"
    if dose.minutes is None:
        yield "Neither a duration nor a fastest rate is planned: when the infusion ends is not known"

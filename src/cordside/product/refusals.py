"""What a gate says when it refuses: a code, why, what is allowed, and what to do. The codes are the same in JSON and in DV."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

CODES: dict[str, tuple[str, ...]] = {
    "dose": (
        *("no_weight", "weight_too_old", "concentration_missing", "not_enough_cells", "dose_out_of_tolerance"),
        *("over_volume_cap", "over_rate_cap", "over_dmso_cap", "over_endotoxin_cap"),
    ),
    "release": (
        *("no_effective_specification", "test_missing", "test_failed", "result_not_reviewed", "several_valid_results"),
        *("donor_not_eligible", "on_hold", "expired", "passage_or_doublings_exceeded", "two_people_needed"),
        *("qa_performed_the_work", "exception_incomplete"),
    ),
    "start": (
        *("consent_not_active", "not_eligible", "no_go", "go_unknown", "study_on_hold", "out_of_window", "lot_not_released"),
        *("lot_recalled", "on_hold", "order_not_verified", "subject_mismatch", "container_of_another_subject"),
        *("container_of_another_order", "container_not_available", "container_already_infused", "expired"),
        *("would_end_after_expiry", "two_people_needed"),
    ),
    "transform": (
        *("more_taken_than_there_is", "not_conserved", "no_parent", "cycle", "thawed_unit_banked", "code_not_unique"),
        *("check_character_wrong", "wrong_length"),
    ),
}
"""Codes of each gate, in the order in which the gate gives them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a gate stays shut. why: where and what; allowed: what the rule allows; remedy: what to do."""

    code: str
    why: str
    allowed: str
    remedy: str

    def as_dict(self) -> dict[str, str]:
        """The refusal as a JSON object."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.code}: {self.why}; {self.allowed}; {self.remedy}."


def in_order(refusals: Iterable[Refusal], *gates: str) -> list[Refusal]:
    """Refusals in the order of the gates' codes, each once; a code that no named gate has raises KeyError."""
    codes = [code for gate in gates for code in CODES[gate]]
    places = {code: place for place, code in reversed(list(enumerate(codes)))}
    return sorted(dict.fromkeys(refusals), key=lambda refusal: places[refusal.code])

"""Everything there is to say of a lot at a time: where it comes from, its tests, verdict and state, who had it, who may have it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from cordside.product.cellrows import Cells, Row
from cordside.product.changed import result_digest
from cordside.product.expiry import is_expired
from cordside.product.holds import Hold, lot_holds
from cordside.product.lots import containers_of, infusions_from, level_of, materials_of
from cordside.product.numbers import millilitres
from cordside.product.quantities import cells_made, expiry_of, grown, viable_made, volume_of
from cordside.product.recall import Recall, reach_of, vials_of
from cordside.product.refusals import Refusal
from cordside.product.release import RECALLED, REJECTED, lot_state, release_refusals, verdict_of
from cordside.product.start import start_refusals_of
from cordside.product.tested import Tested, decision_at, outstanding_of, tested


@dataclass(frozen=True, slots=True)
class LotView:
    """A lot at a time; each part as the module that computes it gives it. refused: why it may not be released, while it is not."""

    cells: Cells
    lot: str
    at: datetime
    state: str
    verdict: str | None
    tests: tuple[Tested, ...]
    holds: tuple[Hold, ...]
    reach: Recall
    refused: tuple[Refusal, ...]

    @property
    def decision(self) -> Row | None:
        """The decision that stands."""
        return decision_at(self.cells, self.lot, self.at)

    @property
    def infusions(self) -> list[Row]:
        """Infusions from the lot, in the order of EX."""
        return infusions_from(self.cells, self.lot)

    def donors(self) -> list[str]:
        """Donors of any material of the lot."""
        own = materials_of(self.cells, self.lot)
        return list(dict.fromkeys(donor for matid in own for donor in self.cells.genealogy.donors_of(matid)))

    def containers(self) -> list[dict[str, Any]]:
        """Each container: what it holds, for whom it is, until when, and why it may not be infused; a bank's vials likewise."""
        units = containers_of(self.cells, self.lot) or [one for one in materials_of(self.cells, self.lot) if self._kind(one) == "bank vial"]
        return [self._container(matid) for matid in units]

    def _kind(self, matid: str) -> str | None:
        kind: str | None = (self.cells.materials.get(matid) or Row())["MATKIND"]
        return kind

    def _container(self, matid: str) -> dict[str, Any]:
        expiry, became, volume = expiry_of(self.cells, matid), grown(self.cells, matid), volume_of(self.cells, matid)
        subject, order = self._meant_for(matid)
        used = self.cells.infused.get(matid, [])
        codes = [one.code for one in self._against(matid, subject, order)] if self._kind(matid) == "container" else None
        return {
            "container": matid,
            "subject": subject,
            "order": order,
            "cells": cells_made(self.cells, matid),
            "viable": viable_made(self.cells, matid),
            "volume_mL": None if volume is None else f"{millilitres(volume):f}",
            "passage": became.passage,
            "cum_pd": f"{became.cum_pd:f}" if became.cum_pd is not None else None,
            "cum_pd_from": became.pd_from,
            "expiry": _text(expiry),
            "expired": expiry is not None and is_expired(self.at, expiry),
            "infused": [one["USUBJID"] for one in used],
            "refused": None if codes is None else list(dict.fromkeys(codes)),
        }

    def _meant_for(self, matid: str) -> tuple[str | None, str | None]:
        orders = [row for row in self.cells.orders_of(matid) if row["ORDSTAT"] != "cancelled"]
        if orders:
            return orders[0]["USUBJID"], orders[0]["ORDID"]
        return self.cells.materials[matid]["USUBJID"], None

    def _against(self, matid: str, subject: str | None, order: str | None) -> list[Refusal]:
        """Why a container may not be infused; one that is meant for nobody yet is judged without a subject."""
        found = start_refusals_of(self.cells, subject=subject or "", container=matid, at=self.at, order=order)
        whose = ("consent_not_active", "not_eligible", "no_go", "out_of_window", "study_on_hold", "container_of_another_subject")
        return [one for one in found if subject or one.code not in whose]

    def as_dict(self) -> dict[str, Any]:
        """The lot as a JSON object."""
        decision, row = self.decision, self.cells.lots.get(self.lot) or Row()
        return {
            "lot": self.lot,
            "level": level_of(self.cells, self.lot),
            "state": self.state,
            "verdict": self.verdict,
            "tests": [_test(one) for one in self.tests],
            "recipients": list(dict.fromkeys(one["USUBJID"] for one in self.infusions)),
            "holds": [_hold(one) for one in self.holds],
            "refused": [one.as_dict() for one in self.refused],
            "decision": None if decision is None else _decision(decision),
            "results_digest": result_digest(self.cells, self.lot, self.at),
            "maker": row["MAKER"],
            "certificate": row["CERTNO"],
            "genealogy": {
                "donors": self.donors(),
                "bank_vials": vials_of(self.cells, self.lot),
                "materials": materials_of(self.cells, self.lot),
            },
            "containers": self.containers(),
            "look_back": {
                "sibling_lots": list(self.reach.siblings),
                "sibling_recipients": list(self.reach.sibling_subjects),
            },
            "recall": None if self.state != RECALLED else self._recall(),
        }

    def _recall(self) -> dict[str, Any]:
        return {
            "subjects_of_lot": list(self.reach.subjects),
            "subjects_of_siblings": list(self.reach.sibling_subjects),
            "blocked_containers": list(self.reach.blocked),
        }


def lot_view(cells: Cells, lot: str, at: datetime) -> LotView:
    """A lot as it stands at a time."""
    state = lot_state(cells, lot, at)
    undecided = decision_at(cells, lot, at) is None or state in (REJECTED, RECALLED)
    refused = release_refusals(cells, lot, at) if undecided else []
    holds = tuple(lot_holds(cells, lot, at))
    return LotView(
        cells, lot, at, state, verdict_of(cells, lot, at), tuple(tested(cells, lot, at)), holds, reach_of(cells, lot), tuple(refused)
    )


def _test(one: Tested) -> dict[str, Any]:
    compared = one.compared[0] if one.compared else None
    return {
        "test": one.row.test,
        "method": one.row.method,
        "stage": one.row.stage,
        "value": one.value,
        "shown": compared.shown if compared else None,
        "unit": one.row.unit,
        "operator": one.row.operator,
        "limit": _limit(one.row.limit),
        "blocking": one.row.blocking,
        "passed": one.passed,
        "reviewed": one.reviewed,
        "due": one.row.due,
        "due_date": _text(one.due),
        "overdue": one.overdue,
        "remark": (compared.remark or None) if compared else None,
        "source": [row["SOURCE"] for row in one.results],
    }


def _limit(limits: list[Decimal] | None) -> str | list[str] | None:
    """As in the protocol: one limit, two, or none."""
    texts = [f"{limit:f}" for limit in limits or []]
    return texts[0] if len(texts) == 1 else texts or None


def _hold(one: Hold) -> dict[str, Any]:
    return {
        "hold": one.id,
        "target": one.target,
        "held": one.held,
        "reason": one.reason,
        "opened": _text(one.opened),
        "automatic": one.automatic,
        "source": one.source,
    }


def _decision(row: Row) -> dict[str, Any]:
    exception = {"reason": row["EXCREAS"], "risk": row["EXCRISK"], "physician": row["EXCPHYS"], "sponsor": row["EXCSPON"]}
    return {
        "decision": row["RELID"],
        "verdict": row["VERDICT"],
        "at": _text(row["RELDTC"]),
        "quality_person": row["QABY"],
        "second_person": row["SECBY"],
        "outstanding": outstanding_of(row),
        "exception": exception if any(exception.values()) else None,
        "source": row["SOURCE"],
    }


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")

"""A clinical scale at days after the start: the value nearest to each day within its window, and the score of the dead."""

from decimal import Decimal

from cordside.analysis.courses.followup import FollowUp
from cordside.analysis.courses.outcome import Outcome
from cordside.analysis.rows import Row, answered, day_of, grouped, values
from cordside.analysis.tally import exact
from cordside.domains.all import domain_of
from cordside.protocol.plans.outcomes import ScaleRow
from cordside.record.record import Record

_NONE = "no score is recorded in the window"


def ask_scale(row: ScaleRow, scores: dict[str, list[Row]], known: FollowUp, day: int) -> Outcome:
    """The score of one subject at one day.

    scores: as scores_of gives them. Who died by the day has the score of the dead; nothing is carried forward.
    """
    own = [(known.days(when) - day, score) for score in scores.get(known.subject.id, []) if (when := day_of(score["DTC"]))]
    near = [(distance, score) for distance, score in own if row.window[0] <= distance <= row.window[1] and score["NUMBER"] is not None]
    if known.death is not None and known.days(known.death) <= day and row.score_of_the_dead is not None:
        return Outcome(known, exact(row.score_of_the_dead), rows=known.rows)
    if not near:
        return Outcome(known, unknown=_unknown(known, day), rows=known.rows)
    # Of two as near the earlier, which knows nothing of what came after the day; of one day the last.
    distance = min((distance for distance, _ in near), key=lambda found: (abs(found), found))
    chosen = [score for found, score in near if found == distance]
    notes = ("several scores on one day: the last is used",) if len({score["NUMBER"] for score in chosen}) > 1 else ()
    return Outcome(known, exact(chosen[-1]["NUMBER"]), notes=notes, rows=(chosen[-1],))


def _unknown(known: FollowUp, day: int) -> str:
    if known.died and known.death is None:
        return "the day of death is not known"
    return "died, and the plan gives the dead no score" if known.death and known.days(known.death) <= day else _NONE


def scores_of(record: Record, item: str) -> tuple[dict[str, list[Row]], str]:
    """Scores of an item by subject, and why they cannot be taken together: scales of one name and several versions differ."""
    rows = [row for row in values(record, item) if answered(row)]
    code = item.partition(".")[0]
    category = domain_of(code).prefix + "CAT"
    named = dict(record.part(code, ["SOURCE", category]).iter_rows()) if category in domain_of(code).variables else {}
    scales = sorted({named[row["SOURCE"]] or "no scale named" for row in rows if row["SOURCE"] in named})
    return grouped(rows), f"scores of several scales: {', '.join(scales)}" if len(scales) > 1 else ""


def printed_score(score: Decimal | float | int) -> str:
    """A score as printed: 7, 2.5."""
    return f"{float(score):g}"

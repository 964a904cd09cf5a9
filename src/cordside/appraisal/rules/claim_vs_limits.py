"""A claim and the limitation of the same paper that takes it back.

A statement of kind `claim` and one of kind `limit` with the same `about`: whoever enters the limit there says that
it takes the claim back, and the two quotes are the proof. A limit about something else that speaks of the same
thing in its words is listed as not checked, to be entered under the claim's `about` if it does take it back.

Example: "The abstract says 'has proven to be safe', the discussion 'we were not able to determine the tolerance and
safety'. Both cannot stand."
"""

from cordside.appraisal.claims import takes_back
from cordside.appraisal.names import plain
from cordside.appraisal.paper import Paper, Spot
from cordside.appraisal.published import Statement
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "claim-vs-limits"
LEVELS = (CONTRADICTION,)


def judge(paper: Paper) -> Verdicts:
    """Every claim against the limitations."""
    say = Verdicts(paper, ID)
    limits = [limit for limit, _ in paper.statements("limit")]
    for claim, spot in paper.statements("claim"):
        against = [limit for limit in limits if plain(limit.about) == plain(claim.about)]
        if against:
            _contradict(say, claim, spot, against)
        else:
            _open(say, claim, spot, limits)
    return say


def _contradict(say: Verdicts, claim: Statement, spot: Spot, against: list[Statement]) -> None:
    both = "; ".join(f'{limit.place} "{limit.quote}"' for limit in against)
    why = f'{claim.place} "{claim.quote}", yet {both}. Both cannot stand. Please withdraw one of them.'
    quote = "; ".join([claim.quote, *(limit.quote for limit in against)])
    say.found(CONTRADICTION, spot, why, printed=claim.value, expected=", ".join(limit.value for limit in against), quote=quote)


def _open(say: Verdicts, claim: Statement, spot: Spot, limits: list[Statement]) -> None:
    near = [limit.id for limit in limits if takes_back(claim.quote, limit.quote)]
    hint = f"; {', '.join(near)} may take it back: enter it under about: {claim.about} if it does" if near else ""
    say.open(spot, f"no limitation is entered about it{hint}")

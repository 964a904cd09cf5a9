"""A report of one group does not claim an effect.

In a paper without a comparison group (`control_group: false`) a claim uses none of the words effective, efficacy
shown, improved by, proven, proven safe, due to, thanks to, cured, restored, nor their other forms; a clause that
denies is no claim. Beside the finding stands what the printed quartiles say of the patients who were within the
normal limits before, or still outside them after: of the rows that the claim speaks of, else of the two rows with most.

Example: "'may restore oxygenation' is claimed without a comparison group. Please describe the change without
ascribing it to the treatment."
"""

from cordside.appraisal.claims import FORBIDDEN, flagged_words
from cordside.appraisal.paper import Paper
from cordside.appraisal.patients_at_limits import beside_claim
from cordside.appraisal.verdict import DEFECT, Verdicts

ID = "claim-without-control"
LEVELS = (DEFECT,)


def judge(paper: Paper) -> Verdicts:
    """Every claim of a paper with one group."""
    say = Verdicts(paper, ID)
    has_control = paper.published.control_group
    for claim, spot in paper.statements("claim"):
        if has_control is not False:
            say.right(spot, "there is a comparison group") if has_control else say.open(
                spot, "the file does not say whether there is a comparison group"
            )
            continue
        words = flagged_words(claim.quote, FORBIDDEN) or flagged_words(claim.value, FORBIDDEN)
        if not words:
            say.right(spot, "no word that needs a comparison group")
            continue
        why = (
            f'"{claim.quote}" claims ({", ".join(words)}) without a comparison group. '
            "Please describe the change without ascribing it to the treatment."
        )
        beside = beside_claim(paper, f"{claim.quote} {claim.about}")
        aside = f" Beside it: {'; '.join(beside)}." if beside else ""
        say.found(DEFECT, spot, why + aside, printed=", ".join(words), expected="a description of what was seen", quote=claim.quote)
    return say

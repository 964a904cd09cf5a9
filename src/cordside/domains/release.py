"""Release decisions: on which results, by which two people, with what outstanding. A decision never changes."""

from cordside.domains.classes import ProductRow
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import instant, text


class RELEASE(ProductRow, code="RELEASE", key=("RELID",), topic="RELID", prefix=""):
    """Release Decisions: one row per decision; a later one stands beside the earlier, not in its place."""

    RELID = Var(text, "Release Decision Identifier", required=True)
    LOTID = Var(text, "Lot Identifier", reveals_arm=True)
    SPECVER = Var(text, "Version of the Specification")
    RESSHA = Var(text, "Digest of the Results")
    VERDICT = Var(text, "Verdict", codelist="RELVERDICT")
    OUTSTND = Var(text, "Outstanding Tests, test=due date")
    QABY = Var(text, "Quality Person")
    SECBY = Var(text, "Second Person")
    EXCREAS = Var(text, "Exception: Reason")
    EXCRISK = Var(text, "Exception: Maker's Risk Evaluation")
    EXCPHYS = Var(text, "Exception: Treating Physician")
    EXCSPON = Var(text, "Exception: Sponsor Told")
    RELDTC = Var(instant, "Date/Time of the Decision")

    @rule("A decision names its lot, its verdict and its time: set LOTID, VERDICT and RELDTC")
    def decision_is_whole(LOTID: str | None, VERDICT: str | None, RELDTC: object) -> bool:
        return bool(LOTID and VERDICT and RELDTC is not None)

    @rule("The quality person and the second person are the same")
    def two_people_decide(QABY: str | None, SECBY: str | None) -> bool:
        return QABY is None or SECBY is None or QABY.strip().casefold() != SECBY.strip().casefold()

    @rule("A conditional release lists what is outstanding: write OUTSTND as test=due date")
    def conditional_lists_outstanding(VERDICT: str | None, OUTSTND: str | None) -> bool:
        return VERDICT != "conditional" or bool(OUTSTND)

"""Findings about something that another row names: a symptom at each visit, an event, a reaction."""

from dataclasses import replace

from cordside.domains.classes import Finding
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import text


class FA(Finding, code="FA", key=("USUBJID", "OBJ", "TESTCD", "CAT", "VISIT", "DTC", "TPT", "LOC", "SPID")):
    """Findings About Events or Interventions: one row per object and question; a symptom not asked for has no row."""

    TESTCD = replace(Finding.TESTCD, codelist="FATESTCD")
    OBJ = Var(text, "Object of the Observation", required=True)

    @rule("Whether it occurred is answered Y, N or U")
    def occurrence_is_answered(TESTCD: str | None, ORRES: str | None) -> bool:
        return TESTCD != "OCCUR" or ORRES is None or ORRES in ("Y", "N", "U")

    @rule("A severity is MILD, MODERATE or SEVERE")
    def severity_is_a_word(TESTCD: str | None, ORRES: str | None) -> bool:
        return TESTCD != "SEV" or ORRES is None or ORRES.strip().upper() in ("MILD", "MODERATE", "SEVERE")

"""Electrocardiograms: intervals, rate, reading."""

from dataclasses import replace

from cordside.domains.classes import Finding
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import text


class EG(Finding, code="EG", key=("USUBJID", "TESTCD", "LEAD", "METHOD", "VISIT", "DTC", "TPT", "EVAL", "SPID")):
    """ECG Test Results: one row per measure or reading of an ECG; EGREFID tells one ECG from another."""

    TESTCD = replace(Finding.TESTCD, codelist="EGTESTCD")
    METHOD = replace(Finding.METHOD, codelist="EGMETHOD")
    LEAD = Var(text, "Lead Location Used for Measurement", codelist="EGLEAD")
    NAM = Var(text, "Vendor Name")
    CLSIG = Var(text, "Clinically Significant, Collected", codelist="NY")

    @rule("An abnormal reading needs a judgement whether it matters clinically: set EGCLSIG")
    def abnormal_is_judged(TESTCD: str | None, ORRES: str | None, CLSIG: str | None) -> bool:
        return TESTCD != "INTP" or not (ORRES or "").strip().upper().startswith("ABNORMAL") or bool(CLSIG)

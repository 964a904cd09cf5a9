"""Counted rows → rows of the record: Y or N for what was asked, a value for a class, a row for what took place."""

from cordside.appraisal.published import Target
from cordside.appraisal.rebuild.categories import Counted
from cordside.appraisal.rebuild.records import Records, domain_named
from cordside.appraisal.rebuild.setting import AFTER, BEFORE, Setting
from cordside.domains.classes import Finding, Intervention
from cordside.domains.domain import Domain

SCALE = "CLASS AS PUBLISHED"
"""RSCAT of a class whose scale the paper does not name."""

_SET_APART = {"DM", "EX", "MB"}
"""Domains whose rows are made elsewhere: one row a subject, infusions, swabs."""


def place_counted(records: Records, setting: Setting, counted: Counted) -> None:
    """Add the rows of one counted row; a row that names no domain becomes a sponsor finding (FA)."""
    target, name = counted.row.data.target, counted.row.name
    domain = domain_named(target.domain if target else None)
    if target is None or domain is None:
        for patient in counted.known:
            records.add("FA", patient, name, OBJ=name, TESTCD="OCCUR", ORRES=_yes(patient in counted.members))
        return
    if target.domain in _SET_APART:
        return
    if issubclass(domain, Finding):
        _place_finding(records, setting, domain, target, counted)
    else:
        _place_occurrence(records, domain, target, counted)


def visit_of(timing: str | None) -> str | None:
    """The visit of a published time: before treatment, after it, or none."""
    words = (timing or "").casefold()
    return BEFORE if "before" in words or "baseline" in words or "admission" in words else AFTER if "after" in words else None


def _place_finding(records: Records, setting: Setting, domain: type[Domain], target: Target, counted: Counted) -> None:
    values = {
        "TESTCD": target.testcd or target.term or "OCCUR",
        "CAT": _scale(setting) if domain.code == "RS" else None,
        "LAT": target.laterality,
        "LOC": "LUNG" if target.laterality and domain.code == "RE" else None,
        "METHOD": target.method or _method(counted, domain),
        "SPEC": target.specimen,
        "VISIT": visit_of(target.timing) or BEFORE,
    }
    known = {key: value for key, value in values.items() if key in domain.variables or domain.prefix + key in domain.variables}
    if domain.code == "FA":
        known["OBJ"] = target.term or counted.row.name
    for patient in counted.known:
        result = (target.value if patient in counted.members else None) if target.value else _yes(patient in counted.members)
        if result is not None:
            records.add(domain.code, patient, counted.row.name, **known, ORRES=result)


def _place_occurrence(records: Records, domain: type[Domain], target: Target, counted: Counted) -> None:
    topic = domain.topic.removeprefix(domain.prefix)
    known: dict[str, str | None] = {topic: counted.row.name, "DECOD": target.term or target.class_, "VISIT": visit_of(target.timing)}
    if issubclass(domain, Intervention):
        known["CLAS"] = target.class_
    known = {key: value for key, value in known.items() if key in domain.variables or domain.prefix + key in domain.variables}
    asked = domain.prefix + "OCCUR" in domain.variables
    if domain.code == "DS":
        known["CAT"] = "DISPOSITION EVENT" if (target.term or "").upper() == "DEATH" else "OTHER EVENT"
    for patient in counted.known:
        has = patient in counted.members
        if asked:
            records.add(domain.code, patient, counted.row.name, **known, PRESP="Y", OCCUR=_yes(has))
        elif has:
            records.add(domain.code, patient, counted.row.name, **known)


def _scale(setting: Setting) -> str:
    own = list(setting.protocol.sponsor_terms.get("RSCAT", {})) if setting.protocol else []
    setting.assume(f"The scale of a severity class is not named in the form: RSCAT is {own[0] if own else SCALE}.")
    return own[0] if own else SCALE


def _method(counted: Counted, domain: type[Domain]) -> str | None:
    """CT where the heading above an imaging finding says so."""
    heading = counted.row.parent.name.casefold() if counted.row.parent else ""
    return "CT SCAN" if domain.code == "RE" and "tomogra" in heading else None


def _yes(has: bool) -> str:
    return "Y" if has else "N"

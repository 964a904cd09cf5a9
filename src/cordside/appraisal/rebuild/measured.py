"""Rows that summarise one value a patient: age, BMI, a laboratory value on admission."""

import numpy as np

from cordside.appraisal.formtexts import KINDS
from cordside.appraisal.paper import PaperRow
from cordside.appraisal.rebuild.bounds import impossible
from cordside.appraisal.rebuild.cells import cannot, limits_of, step_of, text_of, wanted_of
from cordside.appraisal.rebuild.change import draw_shuffled
from cordside.appraisal.rebuild.outcomes import Outcome, broken, held, not_found
from cordside.appraisal.rebuild.prints import prints
from cordside.appraisal.rebuild.records import Records, domain_named
from cordside.appraisal.rebuild.setting import BEFORE, Setting
from cordside.domains.classes import Finding
from cordside.domains.oxygen import OXYGENATION_TESTS
from cordside.terms.units import ucum_of

VALUE = "VALUE"
"""FATESTCD of a number whose row names no domain."""


def is_measured(row: PaperRow) -> bool:
    """Does the row summarise one value a patient, which is neither derived nor a number of days between two dates?"""
    target = row.data.target
    derived = target is not None and (target.derived or target.days_from or target.days_to)
    return row.data.value is not None and row.data.kind in KINDS and row.data.kind not in ("count", "number") and not derived


def draw_measured(setting: Setting, row: PaperRow) -> tuple[dict[int, str], list[Outcome]]:
    """The value of each patient as text, and what became of the printed numbers."""
    cell = row.cell("value")
    if cell is None:
        return {}, []
    step, limits = step_of(row, [cell]), limits_of(row, [cell])
    wanted = wanted_of(row, cell, step, limits)
    if wanted is None or not cell.n:
        return {}, [cannot(row, cell)]
    rng = setting.rng(row.name)
    values = draw_shuffled(wanted, cell.n, setting.definition, rng)
    if values is None:
        why = impossible(row, cell, wanted, cell.n, setting.definition)
        shown = ", ".join(str(number) for number in cell.numbers.values())
        return {}, [broken(cell.spot, why, printed=shown) if why else not_found(cell.spot, f"no {cell.n} values found", printed=shown)]
    everybody = np.argsort(rng.random(setting.n), kind="stable") if cell.n < setting.n else np.arange(setting.n)
    texts = {int(patient): text_of(int(value), step) for patient, value in zip(everybody, values, strict=False)}
    kept = prints(values, wanted, setting.definition) and cell.n <= setting.n
    return texts, [held(cell.spot, f"{cell.n} values") if kept else not_found(cell.spot, f"{cell.n} values of {setting.n} patients")]


def place_value(records: Records, row: PaperRow, patient: int, text: str, visit: str | None = BEFORE) -> None:
    """Add one value; one whose row names no findings domain becomes a sponsor finding (FA)."""
    target = row.data.target
    domain = domain_named(target.domain if target and target.testcd else None)
    if target is None or domain is None or not issubclass(domain, Finding):
        records.add("FA", patient, row.name, OBJ=row.name, TESTCD=VALUE, ORRES=text, ORRESU=row.data.unit, VISIT=visit)
        return
    low, high = row.data.normal or (None, None)
    values = {
        "TESTCD": target.testcd,
        "ORRES": text,
        "ORRESU": unit_of(row),
        "SPEC": target.specimen,
        "METHOD": target.method,
        "ORNRLO": low,
        "ORNRHI": high,
        "O2SUP": "NOT STATED" if target.testcd in OXYGENATION_TESTS else None,
        "VISIT": visit,
    }
    known = {key: value for key, value in values.items() if key in domain.variables or domain.prefix + key in domain.variables}
    records.add(domain.code, patient, row.name, **known)


def unit_of(row: PaperRow) -> str | None:
    """The unit as collected."""
    return None if row.data.unit == "none" else row.data.unit


def has_known_unit(row: PaperRow) -> bool:
    """Does the table of units know the row's unit for its test?"""
    code, unit = row.test_code, unit_of(row)
    return code is not None and unit is not None and ucum_of(*code, unit) is not None

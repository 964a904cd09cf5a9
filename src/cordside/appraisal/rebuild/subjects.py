"""DM: one row a patient, with age, sex and whether the patient died."""

from cordside.appraisal.paper import PaperRow
from cordside.appraisal.rebuild.categories import Counted
from cordside.appraisal.rebuild.records import Records
from cordside.appraisal.rebuild.setting import Setting

_UNITS = {"years": "YEARS", "year": "YEARS", "months": "MONTHS", "weeks": "WEEKS", "days": "DAYS"}
_OTHER_SEX = {"M": "F", "F": "M"}


def place_subjects(
    records: Records, setting: Setting, dealt: dict[str, Counted], numbers: dict[str, tuple[PaperRow, dict[int, str]]]
) -> None:
    """Add a row of DM for each patient.

    dealt: counted rows by name; numbers: summarised rows by name, each with the text of every patient's value.
    """
    country = _country(setting)
    for patient in range(setting.n):
        values: dict[str, str | None] = {"SUBJID": str(patient + 1), "SITEID": setting.siteid, "ARMCD": setting.armcd, "COUNTRY": country}
        for row, texts in numbers.values():
            target = row.data.target
            if target and target.domain == "DM" and target.variable and patient in texts:
                values[target.variable] = texts[patient]
                if target.variable == "AGE":
                    values["AGEU"] = _UNITS.get((row.data.unit or "years").casefold(), "YEARS")
        values |= _classes(setting, dealt, patient)
        records.add("DM", patient, "numbered 1 to n; age and sex as printed", **values)


def _classes(setting: Setting, dealt: dict[str, Counted], patient: int) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for counted in dealt.values():
        target = counted.row.data.target
        if target is None or patient not in counted.known:
            continue
        has = patient in counted.members
        if target.domain == "DM" and target.variable and target.value:
            if has:
                found[target.variable] = target.value
            elif target.variable == "SEX" and target.value in _OTHER_SEX:
                setting.assume("Patients who are not counted under one sex are of the other.")
                found.setdefault("SEX", _OTHER_SEX[target.value])
        if target.domain == "DS" and (target.term or "").upper() == "DEATH" and has:
            found["DTHFL"] = "Y"
    return found


def _country(setting: Setting) -> str | None:
    site = (setting.protocol.sites or {}).get(setting.siteid or "") if setting.protocol else None
    return site.country if site else None

"""Height and weight, which a dose per kg needs and the paper does not print: weight follows from the BMI and an assumed height."""

from decimal import ROUND_HALF_UP, Decimal

from scipy import special

from cordside.appraisal.rebuild.infusions import dose_of
from cordside.appraisal.rebuild.records import Records
from cordside.appraisal.rebuild.setting import BEFORE, Setting

_HEIGHTS = {"M": (169, 6), "F": (158, 6)}
_ANY = (165, 8)
_WORDS = "assumed height; weight = BMI x height^2"


def place_body(records: Records, setting: Setting) -> None:
    """Add height and weight of every patient whose BMI is rebuilt, where the dose is given per kg and no weight is printed."""
    signs = records.rows.get("VS", [])
    bmi = {row["USUBJID"]: row["VSORRES"] for row in signs if row["VSTESTCD"] == "BMI"}
    if dose_of(setting)[1] != "10^6/kg" or not bmi or any(row["VSTESTCD"] == "WEIGHT" for row in signs):
        return
    setting.assume(
        "Weights are not published: they follow from the rebuilt BMI and assumed heights "
        "(men 169 ± 6 cm, women 158 ± 6 cm, others 165 ± 8 cm)."
    )
    sexes = {row["USUBJID"]: row.get("SEX", "") for row in records.rows.get("DM", [])}
    rng = setting.rng("assumed heights")
    for patient in range(setting.n):
        mean, sd = _HEIGHTS.get(sexes.get(setting.usubjid(patient), ""), _ANY)
        height = round(mean + sd * float(special.ndtri(0.02 + 0.96 * rng.random())))
        text = bmi.get(setting.usubjid(patient))
        if text is not None:
            weight = (Decimal(text) * height * height / 10000).quantize(Decimal("0.1"), ROUND_HALF_UP)
            records.add("VS", patient, _WORDS, TESTCD="HEIGHT", ORRES=str(height), ORRESU="cm", VISIT=BEFORE)
            records.add("VS", patient, _WORDS, TESTCD="WEIGHT", ORRES=str(weight), ORRESU="kg", VISIT=BEFORE)

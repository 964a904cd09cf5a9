"""A study with one lot of thawed cells, ready to be dosed: every test takes away, or adds, what it is about."""

from pathlib import Path

from tests.support.folders import a_protocol, a_study

REGIMEN = {
    "treatment": "UC-MSC",
    "dose": "{rule: per_kg, cells: 1000000, count: viable, tolerance_percent: 10, weight_age_days: 3, weight_cap_kg: 100}",
    "vehicle": "Sodium chloride 0.9 %",
    "volume_ml": "100",
    "route": "INTRAVENOUS DRIP",
    "days": "[1, 4, 7]",
    "maximum": "3",
    "caps": "{volume_ml: 150, rate_ml_per_min: 5, dmso_g_per_kg: 1, endotoxin_eu_per_kg_per_h: 5}",
    "missed_dose": "{rule: skip}",
    "syringe_step_ml": "0.5",
    "duration_min": "40",
}
PRODUCT = """product:
  name: UC-MSC
  tissue: Umbilical cord
  allogeneic: true
  manufacturer: Cell laboratory
  isolation: Explants
  medium: not_published
  passage: 5
  cryopreserved: true
  shelf_life_hours: 6
  process: not_published
  specification:
    id: SPEC
    version: "1"
    effective: 2025-01-01
    tests:
      - {test: Viability, method: not_published, stage: reconstituted product, operator: ">=", limit: 80, unit: "%",
         blocking: true, due: before}
"""
SITES = 'sites: {"01": {name: University hospital, country: CHN, timezone: Asia/Shanghai}}\narms: {MSC: {label: UC-MSC}}'
POPULATION = """population:
  planned: 3
  description: Adults
  inclusion: [{id: age, text: Adult, item: DM.AGE, at_least: 18}]
  exclusion: not_published"""
AT = "2026-01-05T10:00:00Z"
"""An hour after the thaw."""

TABLES = {
    "DM": """
        USUBJID | SUBJID | SITEID | ARMCD | AGE | AGEU  | SEX
        T-1     | 1      | 01     | MSC   | 60  | YEARS | M
        T-2     | 2      | 01     | MSC   | 50  | YEARS | F
    """,
    "DS": """
        USUBJID | DSTERM                    | DSDECOD                   | DSCAT              | DSSTDTC
        T-1     | Informed consent obtained | INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | 2026-01-01
        T-2     | Informed consent obtained | INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | 2026-01-01
    """,
    "VS": """
        USUBJID | VSTESTCD | VSORRES | VSORRESU | VSDTC
        T-1     | WEIGHT   | 71      | kg       | 2025-12-20
        T-1     | WEIGHT   | 70      | kg       | 2026-01-04
        T-1     | HEIGHT   | 175     | cm       | 2026-01-01
        T-2     | WEIGHT   | 120     | kg       | 2026-01-04
    """,
    "DONOR": """
        DNRID | DNRSRC | ASKED  | HXDTC                | HXRES   | CNSNTBY | CNSDTC               | ELIG     | ELIGBY | ELIGDTC
        D1    | infant | mother | 2025-01-01T08:00:00Z | no risk | mother  | 2025-01-01T08:00:00Z | eligible | eve    | 2025-02-01T08:00:00Z
    """,
    "MATERIAL": """
        MATID | MATKIND   | DNRID | LOTID | CELLS     | VIABLE    | VOL | VEHICLE         | DMSOPCT | USUBJID | MATSTAT
        DON   | donation  | D1    |       |           |           |     |                 |         |         | consumed
        TIS   | tissue    |       |       |           |           |     |                 |         |         | consumed
        CUL   | culture   |       | L1    | 200000000 | 200000000 | 100 |                 |         |         | consumed
        FRZ   | bulk      |       | L1    | 200000000 | 200000000 | 40  | Cryomedium      | 10      |         | consumed
        BLK   | bulk      |       | L1    | 160000000 | 140000000 | 50  | Sodium chloride | 2       |         | consumed
        C1    | container |       | L1    | 96000000  | 84000000  | 30  | Sodium chloride | 2       | T-1     | available
        C2    | container |       | L1    | 64000000  | 56000000  | 20  | Sodium chloride | 2       |         | available
    """,
    "TRANSFORM": """
        TRFID | TRFKIND | TRFDTC               | TRFBY | WITNESS | LOSSCELL
        X1    | explant | 2025-01-02T08:00:00Z | ann   | dan     |
        X2    | explant | 2025-01-20T08:00:00Z | ann   | dan     |
        F1    | freeze  | 2025-03-01T08:00:00Z | ann   | dan     |
        TH1   | thaw    | 2026-01-05T09:00:00Z | ann   | dan     |
        FI1   | fill    | 2026-01-05T09:20:00Z | ann   | dan     | 0
    """,
    "INPUT": """
        TRFID | MATID | CELLS     | VOL
        X1    | DON   |           |
        X2    | TIS   |           |
        F1    | CUL   | 200000000 | 100
        TH1   | FRZ   | 200000000 | 40
        FI1   | BLK   | 160000000 | 50
    """,
    "OUTPUT": """
        TRFID | MATID | CELLS     | VIABLE    | VOL
        X1    | TIS   |           |           |
        X2    | CUL   | 200000000 | 200000000 | 100
        F1    | FRZ   | 200000000 | 200000000 | 40
        TH1   | BLK   | 160000000 | 140000000 | 50
        FI1   | C1    | 96000000  | 84000000  | 30
        FI1   | C2    | 64000000  | 56000000  | 20
    """,
    "LOT": """
        LOTID | LOTLEVEL | SPECID | SPECVER
        L1    | product  | SPEC   | 1
    """,
    "TESTRESULT": """
        TRSID | TRGTYPE  | TRGID | TSTCD        | METHOD      | RESDTC            | ORRES   | ORRESU   | MINTHAW | REVBY | RESSTAT
        R1    | lot      | L1    | Viability    |             | 2026-01-05T09:10Z | 87      | %        | 5       | bo    | reviewed
        R2    | material | C1    | Viable cells | Trypan blue | 2026-01-05T09:35Z | 2500000 | cells/mL | 30      | bo    | reviewed
        R3    | lot      | L1    | Endotoxin    | Limulus     | 2025-03-02T09:00Z | <0.5    | EU/mL    |         | bo    | reviewed
    """,
    "RELEASE": """
        RELID | LOTID | SPECVER | VERDICT  | QABY | SECBY | RELDTC
        RL1   | L1    | 1       | released | bo   | cy    | 2026-01-05T09:25:00Z
    """,
}


def dose_tables(**changed: str | None) -> dict[str, str]:
    """The tables of the study; changed: a table drawn anew under its code, or None to leave it out."""
    return {code: table for code, table in (TABLES | changed).items() if table}


def a_dose_study(
    folder: Path, regimen: dict[str, str] | None = None, more: str = "before_each_infusion: []", **changed: str | None
) -> Path:
    """The study's folder; regimen: keys to change; more: further top-level keys of the protocol; changed: tables by code."""
    written = "regimen:\n" + "\n".join(f"  {key}: {value}" for key, value in (REGIMEN | (regimen or {})).items())
    parts = "\n".join([SITES, POPULATION, PRODUCT.rstrip(), written, more])
    return a_study(folder, a_protocol(parts), **dose_tables(**changed))


def with_row(code: str, row: str) -> str:
    """A table of the study with one more row drawn below it."""
    return TABLES[code].rstrip() + "\n" + row


def replaced(code: str, old: str, new: str) -> str:
    """A table of the study with a piece of text replaced, which must be there."""
    assert old in TABLES[code], f"{old} is not in {code}"
    return TABLES[code].replace(old, new)

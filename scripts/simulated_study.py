"""Shared by the scripts that make simulated studies: rows copied from the study beside, its protocol changed, an invented specification."""

import csv
from collections.abc import Iterable
from pathlib import Path

from simulated_product import Row, Rows

STUDIES = Path(__file__).resolve().parent.parent / "studies"

FROZEN = """  cryopreserved: true                     # simulated, as are the five lines below and the specification
  freezing_medium: Saline, albumin, 5 % DMSO
  storage: Vapour of liquid nitrogen
  thaw_method: Water bath at 37 C
  shelf_life_hours: 4
  temperature: [2, 8]
"""
SPECIFICATION = """  # Simulated: the paper prints no limit, no version and no result.
  specification:
    id: SIM-SPEC
    version: 1
    effective: 2019-06-01
    tests:
      - {test: Sterility, method: Culture, stage: bank, operator: negative, blocking: true, due: before}
      - {test: Fibroblast-like morphology and plate attachment, method: Microscopy, stage: frozen product, operator: conforms,
         blocking: true, due: before}
      - {test: CD73, method: Flow cytometry, stage: frozen product, operator: ">=", limit: 95, unit: "%", blocking: true, due: before}
      - {test: CD90, method: Flow cytometry, stage: frozen product, operator: ">=", limit: 95, unit: "%", blocking: true, due: before}
      - {test: CD105, method: Flow cytometry, stage: frozen product, operator: ">=", limit: 95, unit: "%", blocking: true, due: before}
      - {test: CD11b, method: Flow cytometry, stage: frozen product, operator: "<=", limit: 2, unit: "%", blocking: true, due: before}
      - {test: CD19, method: Flow cytometry, stage: frozen product, operator: "<=", limit: 2, unit: "%", blocking: true, due: before}
      - {test: CD34, method: Flow cytometry, stage: frozen product, operator: "<=", limit: 2, unit: "%", blocking: true, due: before}
      - {test: CD45, method: Flow cytometry, stage: frozen product, operator: "<=", limit: 2, unit: "%", blocking: true, due: before}
      - {test: HLA-DR, method: Flow cytometry, stage: frozen product, operator: "<=", limit: 2, unit: "%", blocking: false, due: before}
      - {test: Viability, method: Trypan blue, stage: frozen product, operator: ">=", limit: 80, unit: "%", blocking: true, due: before}
      - {test: Viability, method: 7-AAD/Annexin V by flow cytometry, stage: frozen product, operator: ">=", limit: 80, unit: "%",
         blocking: true, due: before}
      - {test: Endotoxin, method: Gel clot, stage: frozen product, operator: "<=", limit: 0.5, unit: EU/mL, blocking: true, due: before}
      - {test: Mycoplasma, method: PCR, stage: frozen product, operator: negative, blocking: true, due: before}
      - {test: Passage, method: Computed from the genealogy, stage: frozen product, operator: "<=", limit: 5, blocking: true, due: before}
      - {test: Sterility, method: "Culture, 14 days", stage: before administration, operator: negative, blocking: true, due: after,
         due_days: 14}

"""


def copied_rows(paths: Iterable[Path], study: str, own: str, origin: str) -> Rows:
    """Rows of a study by domain, with the subjects named as in one's own study, and where they come from on each row."""
    found: Rows = {}
    for path in sorted(paths):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem.upper()] = [
                row | {"USUBJID": row["USUBJID"].replace(study, own), "ORIGIN": origin} for row in csv.DictReader(file)
            ]
    return found


def write_rows(path: Path, rows: list[Row]) -> None:
    """Write one domain; the columns are those of its rows, ORIGIN last."""
    names = dict.fromkeys(name for row in rows for name in row if name != "ORIGIN")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*names, "ORIGIN"], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_study(out: Path, protocol: str, rows: Rows) -> None:
    """Write a study folder; existing files are written anew."""
    records = out / "records"
    records.mkdir(parents=True, exist_ok=True)
    (out / "protocol.yaml").write_text(protocol, encoding="utf-8", newline="\n")
    for code, found in rows.items():
        write_rows(records / f"{code.lower()}.csv", found)


def with_specification(text: str) -> str:
    """A protocol whose cells are frozen and have the invented specification; ValueError when a place to change is not there."""
    frozen = next((line for line in text.splitlines(keepends=True) if line.startswith("  cryopreserved: ")), "")
    first, last = text.find("  specification:"), text.find("regimen:\n")
    if not frozen or not 0 < first < last:
        raise ValueError("the protocol has no cryopreserved, specification or regimen where they are looked for")
    return replaced(text[:first], frozen, FROZEN) + SPECIFICATION + text[last:]


def replaced(text: str, old: str, new: str) -> str:
    """A protocol with one place changed, which stands in it exactly once; ValueError otherwise."""
    if text.count(old) != 1:
        raise ValueError(f"{old.strip()!r} stands {text.count(old)} times in the protocol; mend the script")
    return text.replace(old, new)

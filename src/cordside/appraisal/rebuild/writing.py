"""A rebuilt cohort → the files of a study folder."""

from collections.abc import Iterable
from pathlib import Path

from cordside import __version__
from cordside.appraisal.rebuild.cohort import Cohort
from cordside.appraisal.rebuild.draws import RowRanges
from cordside.appraisal.rebuild.minimal import protocol_text
from cordside.appraisal.rebuild.outcomes import Outcome
from cordside.appraisal.rebuild.plainyaml import as_yaml
from cordside.appraisal.rebuild.setting import WATERMARK

ACCOUNT = "rebuilt.yaml"
"""The file that says how the folder was made: seed, definition, what is kept, what is not, what was assumed."""


def folder_files(cohort: Cohort, published: bytes, protocol: bytes | None) -> dict[str, bytes]:
    """Content of each file by its name: protocol.yaml, published.yaml, rebuilt.yaml and records/*.csv.

    published: bytes of the summary's file, which are kept; protocol: of the protocol that was given, else a minimal one is written.
    """
    files = {
        "protocol.yaml": protocol_text(cohort).encode() if protocol is None else protocol,
        "published.yaml": published,
        ACCOUNT: account(cohort).encode(),
    }
    return files | {f"records/{code.lower()}.csv": cohort.records.csv_of(code).encode() for code in cohort.records.rows}


def account(cohort: Cohort) -> str:
    """How the folder was made, as YAML."""
    setting = cohort.setting
    data = {
        "watermark": WATERMARK,
        "software": f"cordside {__version__}",
        "file": Path(setting.paper.file).name,
        "seed": setting.seed,
        "quartiles": setting.definition,
        "constraints": [_line(one) for one in cohort.kept],
        "not_kept": [{**_line(one), "level": one.level} for one in cohort.missed],
        "assumptions": setting.assumptions,
        "rules_of_use": list(RULES_OF_USE),
    }
    return as_yaml(data)


RULES_OF_USE = (
    "For tests, teaching and sensitivity only, never as data, never pooled as patient data.",
    "Never show one rebuild: show the ranges of at least 300 (--draws 300), with the number of seeds that failed.",
    "What belongs together beyond the printed numbers is an assumption, and is printed as one.",
)


def _line(one: Outcome) -> dict[str, str]:
    return {"row": one.spot.row, "where": one.spot.where, "why": one.why}


def ranges_csv(ranges: Iterable[RowRanges]) -> str:
    """Ranges of many rebuilds as CSV: row, measure, 5th and 95th percentile, rebuilds, failed seeds."""
    lines = [f'"{row.row}",{one.measure},{one.low:.6g},{one.high:.6g},{row.draws},{row.failed}' for row in ranges for one in row.ranges]
    return "\n".join(["row,measure,low,high,draws,failed", *lines]) + "\n"

"""rebuild: patients rebuilt from a published summary, as a study folder, with the ranges that the summary leaves open."""

import argparse
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from cordside.analysis.conventions import quantile_type
from cordside.appraisal.paper import Paper
from cordside.appraisal.read import read_paper
from cordside.appraisal.rebuild.cohort import Cohort, rebuild
from cordside.appraisal.rebuild.draws import FEWEST, RowRanges, draw_ranges
from cordside.appraisal.rebuild.outcomes import finding_of
from cordside.appraisal.rebuild.setting import WATERMARK
from cordside.appraisal.rebuild.writing import folder_files, ranges_csv
from cordside.appraisal.verdict import CONTRADICTION
from cordside.cli.output import counted, print_json, step, write_files
from cordside.errors import CannotDo

if TYPE_CHECKING:
    from cordside.protocol.protocol import Protocol

_USUAL = "type-7"


def run(given: argparse.Namespace) -> int:
    """Write the study folder; say which published numbers its rows print, which not, and what was assumed."""
    path = given.file / "published.yaml" if given.file.is_dir() else given.file
    paper = read_paper(path)
    protocol, text = _protocol(given.protocol)
    definition = quantile_type(given.quartiles or (protocol.conventions.quantiles if protocol else _USUAL))
    step("rebuilding ...")
    cohort = rebuild(paper, seed=given.seed, definition=definition, protocol=protocol)
    ranges = draw_ranges(paper, seed=given.seed, definition=definition, draws=given.draws) if given.draws else []
    step("")
    files = folder_files(cohort, path.read_bytes(), text)
    if ranges:
        files["ranges.csv"] = ranges_csv(ranges).encode()
    _refuse_strangers(given.out, files)
    places = write_files(given.out, files, given.force)
    _print(given, paper, cohort, ranges, places)
    return 1 if any(one.level == CONTRADICTION for one in cohort.missed) else 0


def _protocol(path: Path | None) -> "tuple[Protocol | None, bytes | None]":
    if path is None:
        return None, None
    # Loading the protocol takes longer than a rebuild, and most are made without one.
    return import_module("cordside.protocol.read").read_protocol(path)[0], path.read_bytes()


def _refuse_strangers(folder: Path, files: dict[str, bytes]) -> None:
    """Rows of another making beside the rebuilt ones would be read as part of the study."""
    others = [path for path in sorted((folder / "records").glob("*")) if f"records/{path.name}" not in files]
    if others:
        raise CannotDo(f"{others[0]}: is not part of the rebuild; move it away, or choose another folder.")


def _print(given: argparse.Namespace, paper: Paper, cohort: Cohort, ranges: list[RowRanges], places: list[Path]) -> None:
    setting = cohort.setting
    findings = [finding_of(paper, one) for one in cohort.missed]
    if given.json:
        more = {
            "watermark": WATERMARK,
            "study": setting.study,
            "seed": setting.seed,
            "quartiles": setting.definition,
            "kept": [{"row": one.spot.row, "where": one.spot.where, "why": one.why} for one in cohort.kept],
            "assumptions": setting.assumptions,
            "draws": [asdict(one) for one in ranges],
            "files": [str(place) for place in places],
        }
        print_json("findings", [asdict(one) for one in findings], **more)
        return
    print(f"{WATERMARK} Seed {setting.seed}, quartiles of {setting.definition}.")
    summaries = counted(len(cohort.kept), "published summary", "published summaries")
    print(f"{setting.study}: {summaries} printed by {setting.n} rebuilt patients.")
    for one in findings:
        print(f"not printed ({one.level}): {one.where}: {one.why}")
    for words in setting.assumptions:
        print(f"assumed: {words}")
    _print_ranges(ranges)
    print(f"{given.out}: {counted(len(places), 'file', 'files')}; `cordside check {given.out}` reads them.")


def _print_ranges(ranges: list[RowRanges]) -> None:
    if ranges and ranges[0].draws < FEWEST:
        print(f"These are ranges of {ranges[0].draws} rebuilds only: show none over fewer than {FEWEST}.")
    for row in ranges:
        failed = f"{counted(row.failed, 'seed', 'seeds')} of {row.draws} failed"
        print(f"{row.row}: 5 to 95 % of {row.draws - row.failed} rebuilds; {failed}{row.why and f' ({row.why})'}")
        for one in row.ranges:
            print(f"  {one.measure}: {_three_digits(one.low)} to {_three_digits(one.high)}")


def _three_digits(value: float) -> str:
    """Three significant digits; a number from a thousand on in whole ones, never as 1.81e+03."""
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"

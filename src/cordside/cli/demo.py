"""demo: the main job on the studies that ship with Cordside."""

import argparse
from pathlib import Path

from cordside import __version__
from cordside.cli.arguments import FORMATS
from cordside.cli.making import made_report, reproduced, written
from cordside.cli.output import refuse_existing, step, whole_folder, write_files
from cordside.cli.study import shipped_studies, sound
from cordside.errors import CannotDo
from cordside.record.cut import MANIFEST, open_cut, write_cut


def run(given: argparse.Namespace) -> int:
    """Check, cut, analyse and report each study; compare with the printed cells; exit 1 when one differs."""
    studies = sorted(
        folder for folder in shipped_studies().iterdir() if (folder / "protocol.yaml").is_file() and not folder.name.startswith("_")
    )
    if not studies:
        raise CannotDo("no studies ship with this installation; install the package again.")
    refuse_existing([given.out / folder.name for folder in studies], given.force)
    complete = [_demonstrated(folder, given.out / folder.name) for folder in studies]
    return 0 if all(complete) else 1


def _demonstrated(study: Path, out: Path) -> bool:
    """One study; true when every printed cell is reproduced."""
    step(f"{study.name}: checking and cutting ...")
    with whole_folder(out / "cut", True, MANIFEST) as folder:
        write_cut(sound(study, study.name), folder, software=f"cordside {__version__}")
    record = open_cut(out / "cut")
    step(f"{study.name}: analysing and drawing ...")
    report = made_report(record)
    places = write_files(out, written(report, FORMATS), True)
    step("")
    comparison = reproduced(report, study)
    if not comparison.total:
        print(f"{record.study}: no published cells to compare ({', '.join(record.origins)})")
    for place in places:
        print(f"  {place}")
    return comparison.matched == comparison.total

"""demo: the main job on the studies that ship with Cordside."""

import argparse
from pathlib import Path

from cordside import __version__
from cordside.appraisal.appraise import appraise
from cordside.appraisal.read import read_paper
from cordside.cli.appraisalpages import pages_of
from cordside.cli.appraise import PUBLISHED, counts_of
from cordside.cli.argumentparts import FORMATS
from cordside.cli.demoproduct import show_product
from cordside.cli.making import made_report, reproduced, written
from cordside.cli.output import refuse_existing, step, whole_folder, write_files
from cordside.cli.study import shipped_studies, sound
from cordside.errors import CannotDo
from cordside.product.breaches import with_product
from cordside.record.cut import MANIFEST, open_cut, write_cut


def run(given: argparse.Namespace) -> int:
    """Check, cut, analyse and report each study, appraise what was published of it; exit 1 when a printed cell is not reproduced."""
    studies = sorted(
        folder for folder in shipped_studies().iterdir() if (folder / "protocol.yaml").is_file() and not folder.name.startswith("_")
    )
    if not studies:
        raise CannotDo("no studies ship with this installation; install the package again.")
    if given.out.exists() and not given.out.is_dir():
        raise CannotDo(f"{given.out}: not a folder; choose another place.")
    refuse_existing([given.out / folder.name for folder in studies], given.force)
    complete = [_shown(folder, given.out / folder.name) for folder in studies]
    return 0 if all(complete) else 1


def _shown(study: Path, out: Path) -> bool:
    """One study and its appraisal, where something was published; true when every printed cell is reproduced."""
    complete = _demonstrated(study, out)
    if (study / PUBLISHED).is_file():
        _appraise(study, out)
    return complete


def _appraise(study: Path, out: Path) -> None:
    """The appraisal of what was published of a study; contradictions in a paper are no fault of the demonstration."""
    step(f"{study.name}: appraising ...")
    appraisal = appraise(read_paper(study / PUBLISHED, f"{study.name}/{PUBLISHED}"))
    places = write_files(out, pages_of(appraisal, study / PUBLISHED, "appraisal", FORMATS), True)
    print(counts_of(appraisal))
    for place in places:
        print(f"  {place}")


def _demonstrated(study: Path, out: Path) -> bool:
    """One study; true when every printed cell is reproduced."""
    step(f"{study.name}: checking and cutting ...")
    with whole_folder(out / "cut", True, MANIFEST) as folder:
        write_cut(sound(study, study.name), folder, software=f"cordside {__version__}")
    record = with_product(open_cut(out / "cut"))
    step(f"{study.name}: analysing and drawing ...")
    report = made_report(record)
    places = write_files(out, written(report, FORMATS), True)
    step("")
    comparison = reproduced(report, study)
    if not comparison.total:
        print(f"{record.study}: no published cells to compare ({', '.join(record.origins)})")
    for place in places:
        print(f"  {place}")
    show_product(record, out)
    return comparison.matched == comparison.total

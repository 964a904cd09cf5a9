"""A study opened for an engine: polars holds it in memory, the others read the findings of its cut where they lie."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cordside import __version__
from cordside.cli.output import step
from cordside.cli.study import sound_record, study_folder
from cordside.product.breaches import with_product
from cordside.record.cut import MANIFEST, open_cut, write_cut
from cordside.record.engines import Engine, engine_named
from cordside.record.record import Record


@contextmanager
def opened(word: str, engine: str) -> Iterator[Record]:
    """The record of a study without hard problems, as long as the engine runs; a study folder is cut for it first."""
    if engine == "polars":
        yield sound_record(word)
        return
    folder, reader = study_folder(word), engine_named(engine)
    step(f"starting {engine} ...")
    reader.start()
    try:
        with tempfile.TemporaryDirectory(prefix="cordside-") as place:
            yield with_product(open_cut(folder, reader.scan) if (folder / MANIFEST).is_file() else _cut(word, Path(place), reader))
    finally:
        reader.stop()


def _cut(word: str, place: Path, reader: Engine) -> Record:
    """The record of a study folder, checked in memory and cut to a place that is removed afterwards."""
    record = sound_record(word)
    write_cut(record, place, software=f"cordside {__version__}")
    return replace(open_cut(place, reader.scan), folder=record.folder)

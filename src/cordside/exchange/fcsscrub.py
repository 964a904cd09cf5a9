"""Working copies of FCS files without names: only the keywords that reading the events needs, the events byte for byte.

Cytometers write operators, patients, projects and file names into keywords of their own making, so that no list of what to drop
is ever complete. The list here is of what stays. The digest of the original ties the copy to it.
"""

import re
from pathlib import Path

from cordside.exchange.fcs import DataSet
from cordside.exchange.fcswrite import fcs_bytes
from cordside.exchange.spillover import KEYWORDS as SPILL

_KEPT = ("byteord", "datatype", "mode", "par", "tot", "timestep", "cyt")
_KEPT_OF_PARAMETERS = re.compile(r"p[1-9][0-9]*([nsbreg]|datatype)")


def neutral_name(digest: str) -> str:
    """The name of a working copy: nothing but the beginning of the original's digest."""
    return f"fcs-{digest[:16]}.fcs"


def working_copy(path: Path, data_set: DataSet, *, keep_date: bool = False) -> bytes:
    """The scrubbed copy of one data set of a file.

    keep_date: keep the day of acquisition ($DATE), where the protocol allows it. Reading the copy gives the same events. What stays
    of free text are channel names and labels ($PnN, $PnS) and the cytometer's type.
    """
    first, last = data_set.place
    with path.open("rb") as file:
        file.seek(first)
        data = file.read(last - first + 1)
    kept = {key: value for key, value in data_set.text.items() if _stays(key, keep_date)}
    return fcs_bytes({_written(key): value.strip() for key, value in kept.items()}, _whole_rows(data, data_set), data_set.version)


def _stays(key: str, keep_date: bool) -> bool:
    return key in _KEPT or key in SPILL or _KEPT_OF_PARAMETERS.fullmatch(key) is not None or (keep_date and key == "date")


def _written(key: str) -> str:
    return "SPILL" if key == "spill" else f"${key.upper()}"


def _whole_rows(data: bytes, data_set: DataSet) -> bytes:
    """Without the byte too many that some makers count."""
    events = len(data_set.events)
    return data[: len(data) // events * events]

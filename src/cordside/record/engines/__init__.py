"""Engines that read the findings of a cut where they lie: a file each, with `scan` and `collect`; polars needs none.

Whatever an engine counts or filters comes back as a Polars frame, and Python does the rest: so no statistic depends on the engine.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import narwhals as nw
import polars as pl

from cordside.errors import CannotDo

_SIDE_BY_SIDE = 6


class Engine(Protocol):
    """What an engine must do; `start` may take long, `stop` is called once at the end."""

    def start(self) -> None:
        """Make the engine ready; CannotDo with what to install when it is not there."""

    def scan(self, path: Path) -> Any:
        """The rows of a Parquet file, unread, as a frame that Narwhals knows."""

    def stop(self) -> None:
        """Let go of files and memory."""


def engine_named(name: str) -> Engine:
    """The engine of a name (duckdb, spark); its library is loaded now, CannotDo where it is not installed."""
    try:
        engine: Engine = import_module(f"cordside.record.engines.{name}").ENGINE
    except ModuleNotFoundError as missing:
        raise CannotDo(f"{missing.name} is not installed; install Cordside with its extra: pip install 'cordside[{name}]'.") from None
    return engine


def collected(frame: Any) -> pl.DataFrame:
    """The rows of a Narwhals frame of any engine as a Polars frame, in no order that may be relied on."""
    native = frame.to_native()
    if isinstance(native, pl.DataFrame):
        return native
    if isinstance(native, pl.LazyFrame):
        return native.collect()
    if frame.implementation == nw.Implementation.PYSPARK:
        return pl.DataFrame(native.toArrow())
    return pl.DataFrame(_Stream(native))


def collected_together(frames: Sequence[Any]) -> list[pl.DataFrame]:
    """The same for several frames; Polars works on some of them side by side, not on all at once, which would hold all their tables."""
    natives = [frame.to_native() for frame in frames]
    if all(isinstance(native, pl.LazyFrame) for native in natives):
        batches = [natives[start : start + _SIDE_BY_SIDE] for start in range(0, len(natives), _SIDE_BY_SIDE)]
        return [table for batch in batches for table in pl.collect_all(batch)]
    return [collected(frame) for frame in frames]


class _Stream:
    """A relation as an Arrow stream and nothing else: so Polars takes its buffers and asks for no further library."""

    def __init__(self, relation: Any) -> None:
        self._relation = relation

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        return self._relation.__arrow_c_stream__(requested_schema)

"""DuckDB: reads a cut from the disk, and spills to it what does not fit into memory."""

from pathlib import Path
from typing import Any

import duckdb


class DuckDB:
    """One connection in memory; it is made at the start."""

    _connection: Any = None

    def start(self) -> None:
        """Open the connection."""
        self._connection = duckdb.connect()
        # Rows are put in the order of their file afterwards; keeping it inside would hold them all.
        self._connection.execute("SET preserve_insertion_order = false")

    def scan(self, path: Path) -> Any:
        """The rows of a Parquet file as a relation."""
        return self._connection.read_parquet(str(path))

    def stop(self) -> None:
        """Close the connection."""
        self._connection.close()


ENGINE = DuckDB()

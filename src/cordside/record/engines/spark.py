"""Spark, for rows that one machine has outgrown; here in local mode, which needs Java 17 and the extra `cordside[spark]`."""

import shutil
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from cordside.errors import CannotDo

_JAVA = "Spark needs Java 17 or later, and no java is found; install one, or use --engine duckdb."


class Spark:
    """One local session; starting it takes some seconds."""

    _session: Any = None

    def start(self) -> None:
        """Start the session; CannotDo where there is no Java."""
        if shutil.which("java") is None:
            raise CannotDo(_JAVA)
        builder = SparkSession.builder.master("local[*]").appName("cordside")
        options = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            # Nothing outside this machine is asked or answered.
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.session.timeZone": "UTC",
            "spark.log.level": "ERROR",
        }
        for name, value in options.items():
            builder = builder.config(name, value)
        self._session = builder.getOrCreate()

    def scan(self, path: Path) -> Any:
        """The rows of a Parquet file as a frame."""
        return self._session.read.parquet(str(path))

    def stop(self) -> None:
        """Stop the session."""
        self._session.stop()


ENGINE = Spark()

"""Engines beside polars, and what must be there for them."""

import importlib.util
import shutil

import pytest

OTHERS = [pytest.param("duckdb"), pytest.param("spark", marks=pytest.mark.slow)]
"""Spark starts slowly, so that it belongs to the slow proofs."""


def need(engine: str) -> None:
    """Skip, and say why, where Spark or Java is not installed."""
    if engine == "spark" and importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: `make test-slow` installs it")
    if engine == "spark" and shutil.which("java") is None:
        pytest.skip("Java is not installed: Spark needs version 17 or later")

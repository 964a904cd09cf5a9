"""What the tests of this room share."""

from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.fixture(scope="session")
def compliance() -> Path:
    """The Gating-ML 2.0 compliance set, which may be read but not kept in this repository."""
    place = ROOT.parent / "shared" / "data" / "fcs"
    if not place.is_dir():
        pytest.skip("the Gating-ML compliance set is not beside the repository (../shared/data/fcs); its licence forbids a copy in it")
    return place

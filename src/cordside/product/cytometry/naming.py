"""Names of the populations that a recipe makes by itself, and the test codes of its results."""

import re


def positive(name: str) -> str:
    """What is positive for a marker: CD73+."""
    return f"{name}+"


def negative(name: str) -> str:
    """What is negative for a dye: 7-AAD-."""
    return f"{name}-"


def quadrants(annexin: str, dye: str) -> tuple[str, str, str, str]:
    """The four populations of annexin V and a dye: viable, early apoptotic, late apoptotic or necrotic, necrotic."""
    return f"{annexin}- {dye}-", f"{annexin}+ {dye}-", f"{annexin}+ {dye}+", f"{annexin}- {dye}+"


def marker_code(marker: str) -> str:
    """Test code of a marker's positive share: HLADR for HLA-DR."""
    return re.sub(r"[^A-Z0-9]", "", marker.upper().replace("Α", "A"))[:8]


def dye_code(dye: str) -> str:
    """Test code of viability as what is negative for a dye: VIA7AAD. Cells in early apoptosis count as viable."""
    return f"VIA{marker_code(dye)}"[:8]


DOUBLE_NEGATIVE = "VIADNEG"
"""Test code of viability as what is negative for annexin V and the dye. Cells in early apoptosis do not count."""

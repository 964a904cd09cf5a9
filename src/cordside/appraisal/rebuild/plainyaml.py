"""Data → YAML text, the same on every machine."""

from typing import Any

import yaml

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_NEVER_FOLDED = 100_000
"""The dumper in C and the one in Python fold long lines at different places."""


def as_yaml(data: dict[str, Any]) -> str:
    """The data as YAML, keys in their order, a text on one line."""
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_NEVER_FOLDED))

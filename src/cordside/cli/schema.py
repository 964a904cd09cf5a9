"""schema: the JSON Schema of protocol.yaml, for editors."""

import argparse
import json

from cordside.protocol.read import protocol_schema


def run(given: argparse.Namespace) -> int:
    """Print the schema."""
    print(json.dumps(protocol_schema(), indent=1, ensure_ascii=False))
    return 0

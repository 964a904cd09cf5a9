"""schema prints the JSON Schema that the reader has."""

import json

from cordside.protocol.read import protocol_schema
from tests.cli.commands import status_of


def test_the_printed_schema_is_the_readers(capsys):
    assert status_of("schema", "protocol") == 0
    assert json.loads(capsys.readouterr().out) == protocol_schema()

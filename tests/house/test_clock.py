"""Only the commands (and the server's settings) know the time of day and the environment; all others are told."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import modules, name_of, tree_of

MAY_ASK = ("cli/", "web/settings.py")
CLOCK_METHODS = {"now", "today", "utcnow"}
ASKING = {
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime"},
    "os": {"environ", "environb", "getenv", "getenvb"},
}


def asks_the_clock_or_environment(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and words of each place that reads the clock or the environment."""
    aliases = {alias.asname or alias.name: alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            asked = [alias.name for alias in node.names if alias.name in ASKING.get(node.module or "", ())]
            yield from ((node.lineno, f"from {node.module} import {name}") for name in asked)
        elif isinstance(node, ast.Attribute):
            module = aliases.get(node.value.id) if isinstance(node.value, ast.Name) else None
            if node.attr in CLOCK_METHODS or node.attr in ASKING.get(module or "", ()):
                yield node.lineno, ast.unparse(node)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_result_depends_on_arguments_not_on_the_clock_or_the_environment(path):
    if not name_of(path).startswith(MAY_ASK):
        assert list(asks_the_clock_or_environment(tree_of(path))) == []


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime\nat = datetime.now()",
        "import datetime as d\nat = d.date.today()",
        "from datetime import datetime\nclock = datetime.utcnow",
        "import time\nat = time.time()",
        "import time as t\nat = t.time_ns()",
        "from time import time",
        "import os\nhome = os.environ['HOME']",
        "import os as system\nhome = system.getenv('HOME')",
        "from os import environ",
    ],
)
def test_reading_the_clock_or_the_environment_is_noticed(code):
    assert list(asks_the_clock_or_environment(ast.parse(code)))


@pytest.mark.parametrize("code", ["import time\ntime.sleep(1)", "import os\nos.fspath('a')", "row.time", "environ = 1"])
def test_other_uses_of_the_same_modules_are_allowed(code):
    assert not list(asks_the_clock_or_environment(ast.parse(code)))

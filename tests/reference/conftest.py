"""`pytest tests/reference --vectors PATH` runs any file of test vectors, or every file of a folder."""

import importlib
from collections.abc import Iterator

import pytest

from tests.reference.vectorfile import Case, VectorFile, files_of


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--vectors",
        action="append",
        metavar="PATH",
        help="a file of test vectors or a folder of them; may be given several times (default: tests/vectors)",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        # The option is unknown when pytest starts above this folder: then the repository's own vectors are meant.
        cases = list(_cases(metafunc.config.getoption("vectors", default=None) or []))
        metafunc.parametrize("case", cases, ids=[case.id for case in cases])


def _cases(paths: list[str]) -> Iterator[Case]:
    for file in files_of(paths):
        try:
            found = [Case(f"{file.path.stem}/{case.id}", case.check) for case in _adapter(file).cases(file)]
        except Exception as error:
            found = [Case(f"{file.path.name}", _failing(f"{file.path}: {error}"))]
        yield from found or [Case(file.path.name, _failing(f"{file.path} holds no case"))]


def _adapter(file: VectorFile):
    """The module of tests/reference/forms that knows this form: statistics/1 is forms/statistics.py with FORM = "statistics/1"."""
    form = file.document["form"]
    module = importlib.import_module(f"tests.reference.forms.{form.partition('/')[0]}")
    assert form == module.FORM, f"form {form} is unknown; {module.__name__} knows {module.FORM}"
    return module


def _failing(message: str):
    def check() -> None:
        pytest.fail(message, pytrace=False)

    return check

"""How the code of this house reads: see CONTRIBUTING.md."""

import ast
import re

import pytest

from tests.house.source import ROOT, modules, name_of, project_files, text_of, tree_of

LONGEST_FILE = 300

# (module, package imported inside a function), each an optional dependency that a plain installation lacks.
OPTIONAL_IMPORTS: set[tuple[str, str]] = set()

# Commands and engines are found by name, so that `cordside --help` loads no data library, and no engine that is not asked for.
MAY_IMPORT_BY_NAME = ("cli/", "record/engines/")
IMPORT_BY_NAME = re.compile(r"\b(import_module|__import__)\b")

# Written in parts, because this file is searched too.
MACHINE_PATH = re.compile(r"(?<![\w.~<])/(" + "|".join(("work", "tmp", "root", "home", "Users", "opt", "farm")) + r")/")
REGISTRY_HOST = re.compile("|".join(("pypi" + r"\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)")))
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME)\b")

OWN_WORDS = {".py", ".md", ".toml", ".yaml", ".j2", ".html", ".css", ".sh", ""}


def imports_inside_functions(tree: ast.Module) -> set[str]:
    """Names of the packages imported anywhere below a function."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)]
    inside = [node for function in functions for node in ast.walk(function)]
    plain = {alias.name for node in inside if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "." for node in inside if isinstance(node, ast.ImportFrom)}


def is_rule(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Whether it is a rule of a domain, whose words are its docstring."""
    return any(ast.unparse(decorator).startswith("rule(") for decorator in node.decorator_list)


def without_docstring(tree: ast.Module) -> list[str]:
    """Public functions and classes of a module, and the module itself, that say nothing of themselves."""
    things = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
    public = [node for node in things if not node.name.startswith("_") and not is_rule(node)]
    silent = [node.name for node in public if not ast.get_docstring(node)]
    return silent if ast.get_docstring(tree) else ["the module", *silent]


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_file_is_short_enough_to_hold_in_the_head(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{name_of(path)} has {lines} lines: which part of it wants a file of its own?"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_stand_at_the_top(path):
    late = {(name_of(path), package) for package in imports_inside_functions(tree_of(path))}
    assert late <= OPTIONAL_IMPORTS


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_only_commands_are_imported_by_name(path):
    if not name_of(path).startswith(MAY_IMPORT_BY_NAME):
        assert IMPORT_BY_NAME.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_public_things_say_what_they_are(path):
    assert without_docstring(tree_of(path)) == []


@pytest.mark.parametrize("forbidden", [MACHINE_PATH, REGISTRY_HOST], ids=["machine path", "registry host"])
def test_no_file_names_a_machine_or_a_registry(forbidden):
    found = {path.relative_to(ROOT).as_posix() for path in project_files() if forbidden.search(text_of(path) or "")}
    assert found == set()


def test_no_mark_of_unfinished_work_stays():
    own = [path for path in project_files() if path.suffix in OWN_WORDS and path.name != "LICENSE"]
    found = {path.relative_to(ROOT).as_posix() for path in own if UNFINISHED.search(text_of(path) or "")}
    assert found == set()


@pytest.mark.parametrize(
    ("code", "packages"),
    [
        ("def f():\n    import polars", {"polars"}),
        ("class A:\n    def f(self):\n        if self:\n            from cordside.record import read", {"cordside.record"}),
        ("import polars", set()),
    ],
)
def test_an_import_inside_a_function_is_noticed(code, packages):
    assert imports_inside_functions(ast.parse(code)) == packages


def test_a_missing_docstring_is_noticed():
    code = '"""A module."""\ndef told():\n    """Says so."""\ndef silent(): ...\ndef _private(): ...\nclass Silent: ...'
    assert without_docstring(ast.parse(code)) == ["silent", "Silent"]
    assert without_docstring(ast.parse("x = 1")) == ["the module"]


def test_the_words_of_a_rule_are_its_docstring():
    code = '"""Rules."""\n@rule("A score needs its scale")\ndef scale_is_named(CAT): ...'
    assert without_docstring(ast.parse(code)) == []


@pytest.mark.parametrize("text", ["see /" + "work/main", "'/" + "tmp/x'", "open(/" + "root/a)"])
def test_a_machine_path_is_noticed(text):
    assert MACHINE_PATH.search(text)


@pytest.mark.parametrize("text", ["network/tmp/b", "#!/usr/bin/env bash", "visits at clinic/home/ward"])
def test_an_ordinary_slash_is_no_machine_path(text):
    assert not MACHINE_PATH.search(text)

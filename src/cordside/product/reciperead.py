"""Recipe file → recipe and digest, every mistake at once."""

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from pydantic_core import ValidationError

from cordside.errors import Problem, ProblemsFound
from cordside.product.recipe import Recipe
from cordside.product.recipecheck import check_recipe
from cordside.product.recipemistakes import problem_of
from cordside.yamlfile import YamlFile, parse_yaml, read_yaml
from cordside.yamlmistakes import problem_at, unusable


@unusable()
def read_recipe(path: Path) -> tuple[Recipe, str]:
    """Read a recipe file; returns it with its digest.

    The digest is the SHA-256 of the canonical JSON (sorted keys, no blanks, UTF-8) of what the file says, scalars as text: blanks
    and remarks do not change it. Raises CannotDo when the file cannot be read and UnusableFile with every mistake in it.
    """
    return _recipe_of(read_yaml(path))


@unusable()
def parse_recipe(text: str, name: str = "recipe.yaml") -> tuple[Recipe, str]:
    """The recipe of a text; see read_recipe."""
    return _recipe_of(parse_yaml(text.encode(), name))


def _recipe_of(file: YamlFile) -> tuple[Recipe, str]:
    if not isinstance(file.data, dict):
        raise ProblemsFound([Problem(file.name, 1, "", "no recipe", "keys such as format, name, gates", "begin with format: 1", hard=True)])
    try:
        recipe = Recipe.model_validate(file.data)
    except ValidationError as error:
        raise ProblemsFound(_sorted(problem_of(file, detail) for detail in error.errors())) from None
    if problems := [problem_at(file, place, words) for place, words in check_recipe(recipe)]:
        raise ProblemsFound(_sorted(problems))
    # As record/digest.py writes it, which would load what only a record needs.
    written = json.dumps(file.data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return recipe, sha256(written.encode()).hexdigest()


def _sorted(problems: Iterable[Problem]) -> list[Problem]:
    """In the order of the file; of what a value could have been, only the first try is told."""
    first = {(one.row, one.variable): one for one in reversed(list(problems))}
    return sorted(first.values(), key=lambda one: (one.row or 0, one.variable))

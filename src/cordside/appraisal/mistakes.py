"""What a person reads about a mistake in a published file: what is wrong, what is allowed, what to do."""

from typing import Any

from cordside.appraisal.published import keys_at
from cordside.errors import Problem
from cordside.yamlfile import YamlFile
from cordside.yamlmistakes import place_in, problem_at, words_of


def problem_of(file: YamlFile, detail: dict[str, Any]) -> Problem:
    """The problem behind one detail of pydantic, at its line; `tables`, `facts` and names of types are not in the file."""
    place = place_in(file.data, detail["loc"])
    return problem_at(file, place, words_of(detail, place, lambda: keys_at(place), "remove it, or say it in remarks"))

"""Mistakes that a form finds in a YAML file, as problems with their line: what is wrong, what is allowed, what to do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

from cordside.errors import Problem, ProblemsFound, UnusableFile
from cordside.yamlfile import Place, YamlFile

Words = tuple[str, str, str]
"""What is wrong, what is allowed, what to do."""

_LONGEST_WORDS = 300
_TYPES = {
    "int": "a whole number",
    "float": "a number with a point",
    "decimal_whole_digits": "a shorter number",
    "decimal": "a number with a point",
    "finite_number": "a number with a point",
    "bool": "true or false",
    "string_type": "a text",
    "list_type": "a list: [one, two] or lines that begin with a dash",
    "tuple_type": "a list: [one, two]",
    "dict_type": "keys with values below them",
    "model": "keys with values below them",
}
_LIMITS = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "too_short": "at least {min_length} entries",
    "too_long": "at most {max_length} entries",
    "string_too_short": "at least {min_length} character",
    "string_too_long": "at most {max_length} characters",
}


@contextmanager
def unusable() -> Iterator[None]:
    """Turns mistakes of a form into UnusableFile: a command that judges what a file says has judged nothing yet. Also a decorator."""
    try:
        yield
    except ProblemsFound as found:
        raise UnusableFile(found.problems) from None


def dotted(place: Place) -> str:
    """The dotted key of a place: visits.D28.window."""
    return ".".join(str(part) for part in place if part != "[key]")


def problem_at(file: YamlFile, place: Place, words: Words) -> Problem:
    """A problem at a place of the file."""
    # What a value says is printed back; a whole page of it would hide the other problems.
    wrong = words[0] if len(words[0]) <= _LONGEST_WORDS else f"{words[0][:_LONGEST_WORDS]} ..."
    return Problem(file.name, file.line(place), dotted(place), wrong, *words[1:], hard=True)


def place_in(data: Any, loc: Place) -> Place:
    """The part of a form's location that stands in the file; names of kinds and of types in unions are left out."""
    place: list[int | str] = []
    for index, part in enumerate(loc):
        if _holds(data, part):
            data = data[part]
            place.append(part)
        elif index == len(loc) - 1 and isinstance(data, dict):
            place.append(part)
    return tuple(place)


def value_at(data: Any, place: Place) -> Any:
    """What stands at a place; None where nothing does."""
    for part in place:
        if not _holds(data, part):
            return None
        data = data[part]
    return data


def _holds(data: Any, part: int | str) -> bool:
    return part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int) and part < len(data)


def words_of(detail: Mapping[str, Any], place: Place, keys: Callable[[], Sequence[str]], spare: str = "remove it") -> Words:
    """The words of one detail of a form.

    detail: type, input and ctx as pydantic gives them; place: where it stands; keys: known keys there; spare: what to do with another.
    """
    kind, context, given = detail["type"], detail.get("ctx", {}), detail.get("input")
    if kind == "extra_forbidden":
        return unknown_key(str(place[-1]), keys(), spare)
    if kind == "missing":
        return "the key is missing", "a value", f"write {place[-1]}: ..."
    if kind == "value_error":
        # From the right: the value itself, which comes first, may hold a bar.
        wrong, *more = str(context.get("error", detail["msg"])).rsplit("|", 2)
        allowed, remedy = (*more, "", "")[:2]
        return wrong, allowed, remedy
    if kind in ("literal_error", "enum"):
        return f"{shown(given)} is not known here", f"one of {context.get('expected')}", nearest(given, str(context.get("expected")))
    if kind in _LIMITS:
        return f"{shown(given)} is not allowed here", _LIMITS[kind].format(**context), "mend the value"
    wanted = next((words for name, words in _TYPES.items() if kind.startswith(name)), None)
    if wanted:
        return f"{shown(given)} is not {wanted.split(':')[0]}", wanted, "mend the value"
    return f"{shown(given)}: {detail['msg'][:1].lower()}{detail['msg'][1:]}", "", "mend the value"


def shown(given: object) -> str:
    """A wrong value as printed back."""
    if isinstance(given, str):
        return repr(given)
    return "a list" if isinstance(given, list | tuple) else "a mapping of keys" if isinstance(given, dict) else "an empty value"


def unknown_key(key: str, known: Sequence[str], spare: str) -> Words:
    """A key that no part has, with the nearest that it has."""
    near = get_close_matches(key, known, 1)
    return "the key is not known", f"keys here: {', '.join(known)}" if known else "", f"did you mean {near[0]}" if near else spare


def nearest(given: object, allowed: str) -> str:
    """What to do about a word that is not among those allowed, which stand as `'one', 'two' or 'three'`."""
    choices = [word.strip(" '") for word in allowed.replace(" or ", ",").split(",")]
    near = get_close_matches(str(given), choices, 1)
    return f"did you mean {near[0]}" if near else "choose one of them"

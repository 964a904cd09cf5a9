"""rules.md: every rule of an appraisal, and rules/ID.md: each with a page; published.md: every key of a published summary."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from cordside.appraisal.formtexts import KINDS
from cordside.appraisal.published import Part, Published, Row
from cordside.appraisal.rules.all import RULES, Rule
from reference.markdown import page, table

RULES_INTRODUCTION = """\
What `cordside appraise` checks, rule by rule. How to use it: [Appraise a published table](../how-to/appraise-a-published-table.md).

- **contradiction**: two printed things cannot both be true, or one is impossible; proved by arithmetic or by two quotes.
- **defect**: something is missing that a reader needs, or a reference leads nowhere.
- **note**: unlikely, differently spelt, or resting on outside knowledge.

A printed number stands for all numbers that round to it: 13.39 is 13.385 to 13.395, with both ends, so that rounding a tie up or
to even both pass; "&lt; 0.001" is 0 to 0.001. What was found right is listed as `passed`, what could not be checked as `not_checked`,
with the reason. No motive is ever guessed: typing errors, rounding, missing values and slips of a unit explain most findings."""

PUBLISHED_INTRODUCTION = """\
Every key of a published summary, the file that `cordside appraise` and `cordside rebuild` read. A key that is left out is not known,
and the rules that need it say so. Every scalar is text: write numbers as printed, for 2.20 tells more than 2.2.

Tables stand under `table1`, `table2` and so on, each a list of rows. Other numbers of the paper may stand at the top under a name of
their own: a number, or a mapping such as `{n: 30, mean: "10.7", sd: "4.2"}`."""

_WORDS = {
    str: "text",
    int: "whole number",
    bool: "true or false",
    Any: "anything",
}


def rules_page() -> str:
    """The text of rules.md: every rule with its levels and its title."""
    rows = ((f"[{rule.id}](rules/{rule.id}.md)", ", ".join(rule.levels), _title(rule)) for rule in RULES)
    return page("# Rules of an appraisal", RULES_INTRODUCTION, table(("Rule", "Levels", "Says"), rows))


def rule_pages() -> dict[str, Callable[[], str]]:
    """By name, the page of each rule: its levels, what it checks, the formula and an example."""
    return {f"rules/{rule.id}.md": partial(_rule_page, rule) for rule in RULES}


def _rule_page(rule: Rule) -> str:
    title, _, rest = rule.page.partition("\n")
    text = re.sub(r"(?<!`)\b(\d) x (\d)", r"\1 × \2", rest.strip()).replace("<", "&lt;").replace("*", "\\*")
    return page(f"# {rule.id}", title, f"Levels: {', '.join(rule.levels)}.", text, "All [rules of an appraisal](../rules.md).")


def published_page() -> str:
    """The text of published.md: every part of a published summary with its keys."""
    kinds = table(("Kind", "Numbers in a cell"), ((f"`{kind}`", ", ".join(names)) for kind, names in KINDS.items()))
    sections = [_part(part) for part in _parts_of(Published)]
    closing = ("## Kinds of cells", _CELLS, kinds, "## Kinds of statements", _STATEMENTS)
    return page("# The published summary", PUBLISHED_INTRODUCTION, *sections, *closing)


_CELLS = """\
`value`, `before`, `after` and `change` hold a list in the order of the row's `kind`, one number, or a mapping of names to numbers."""

_STATEMENTS = """\
Sentences beside the tables, quoted as printed. Those with the same `about` are compared with one another and with the row of that name.

| Kind | Value | Rule |
| --- | --- | --- |
| quantity | number, list, mapping, or a word for a class | [cross-source](rules/cross-source.md) |
| date | `{event, after, days, cases}`; days one or [first, last] | [date-statement](rules/date-statement.md) |
| period | [first, last] | [cross-source](rules/cross-source.md) |
| reference | table or figure, or a mapping of panels | [reference-target](rules/reference-target.md) |
| claim | the word that claims | [claim-vs-limits](rules/claim-vs-limits.md), [claim-without-control](rules/claim-without-control.md) |
| limit | what is taken back, under the `about` of the claim | [claim-vs-limits](rules/claim-vs-limits.md) |
| test | the test named, or `not named` | [test-named](rules/test-named.md) |"""


def _title(rule: Rule) -> str:
    return rule.page.partition("\n")[0]


def _parts_of(part: type[Part]) -> list[type[Part]]:
    """A part and every part below it, each once, in the order of the keys."""
    found = [part]
    for field in part.model_fields.values():
        for below in _parts_in(field.annotation):
            found += [one for one in _parts_of(below) if one not in found]
    return found


def _parts_in(hint: Any) -> list[type[Part]]:
    if isinstance(hint, type) and get_origin(hint) is None:
        return [hint] if issubclass(hint, Part) else []
    return [part for argument in get_args(hint) for part in _parts_in(argument)]


def _part(part: type[Part]) -> str:
    fields = [(name, field) for name, field in part.model_fields.items() if name != "facts"]
    rows = [(f"`{_key(part, name, field)}`", _value(field), field.description or "") for name, field in fields]
    return "\n\n".join([f"## {part.__name__}", (part.__doc__ or "").strip(), table(("Key", "Value", "Meaning"), rows)])


def _key(part: type[Part], name: str, field: FieldInfo) -> str:
    return "table1, table2, ..." if (part, name) == (Published, "tables") else field.alias or name


def _value(field: FieldInfo) -> str:
    """What may stand there, in words; whether it must."""
    return _hint(field.annotation) + (", required" if field.is_required() else "")


def _hint(hint: Any) -> str:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in _WORDS:
        return _WORDS[hint]
    if hasattr(hint, "__metadata__"):
        return _hint(arguments[0])
    if origin is Literal:
        return " or ".join(f"`{word}`" for word in arguments)
    if origin is list:
        return f"list of {_hint(arguments[0])}"
    if origin is dict:
        return f"name → {_hint(arguments[1])}" if arguments[1] is not list[Row] else "list of [Row](#row)"
    if origin is tuple:
        return "[" + ", ".join(map(_hint, arguments)) + "]"
    if isinstance(hint, type) and issubclass(hint, Part):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return " or ".join(_hint(one) for one in arguments if one is not type(None))

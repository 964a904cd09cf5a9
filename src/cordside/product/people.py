"""Two people: the rule of the second pair of eyes, the same at review, release, order and bedside."""

from collections.abc import Iterable

from cordside.product.refusals import Refusal


def same(one: str | None, other: str | None) -> bool:
    """Whether two names are those of one person, however they are written; unknown people are nobody's twins."""
    return bool(one and other) and _name(one) == _name(other)


def one_of(person: str, people: Iterable[str]) -> bool:
    """Whether a person is among others."""
    return any(same(person, other) for other in people)


def by_two(where: str, first: str | None, second: str | None, who: str) -> list[Refusal]:
    """Two people who are both named and not the same. where: what they sign; who: the parts they play."""
    if first and second and not same(first, second):
        return []
    named = first or second
    why = (
        f"{where}: both are {first}'s" if first and second else f"{where}: only {named} is named" if named else f"{where}: nobody is named"
    )
    return [Refusal("two_people_needed", why, f"two people: {who}", "let a second person do it")]


def _name(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()

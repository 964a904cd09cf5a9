"""Conventions are chosen by name; an unknown name is the protocol's mistake, not the data's."""

from collections.abc import Iterable

from cordside.errors import CannotDo


def check_name(name: str, known: Iterable[str], what: str) -> None:
    """CannotDo unless the name is known; `what` says what it should have been."""
    if name not in known:
        raise CannotDo(f"{name} is no {what}; known are {', '.join(known)}; choose one of them.")

"""Two places of a paper of which one says a word: none, low, severe."""

import re
import unicodedata
from dataclasses import dataclass, field

from cordside.appraisal.names import shown_place
from cordside.appraisal.sources import Said
from cordside.appraisal.vagueness import are_opposite, is_vague, number_of


@dataclass
class Compared:
    """How places agree: numbers or words that cannot both be true, that are only spelt differently, or that leave it open."""

    differ: list[str] = field(default_factory=list)
    spelt: list[str] = field(default_factory=list)
    vague: list[str] = field(default_factory=list)
    agree: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


def compare_words(found: Compared, one: Said, other: Said) -> None:
    """Two places of which at least one says a word; what they say is added to what was found."""
    for here, there in ((one, other), (other, one)):
        if here.word and not there.words:
            _word_and_numbers(found, here, there)
            return
    if len(one.words) == len(other.words) > 1:
        _listed_words(found, one, other)
    elif len(one.words) > 1 and len(other.words) > 1:
        found.open.append(f"{one.place} and {other.place} list different numbers of patients")
    else:
        _two_words(found, one, other)


def _listed_words(found: Compared, one: Said, other: Said) -> None:
    places = [str(index) for index, (a, b) in enumerate(zip(one.words, other.words, strict=True), 1) if _bare(a) != _bare(b)]
    words = f"{', '.join(one.words)} in {shown_place(one.place)} and {', '.join(other.words)} in {shown_place(other.place)}"
    (found.differ if places else found.agree).append(words + (f" differ in {', '.join(places)}" if places else ""))


def _two_words(found: Compared, one: Said, other: Said) -> None:
    mine, theirs = (said.word or ", ".join(said.words) for said in (one, other))
    words = f'"{mine}" in {shown_place(one.place)}, "{theirs}" in {shown_place(other.place)}'
    if mine == theirs:
        found.agree.append(words)
    elif _bare(mine) == _bare(theirs):
        found.spelt.append(words)
    elif (is_vague(mine) or is_vague(theirs)) and not are_opposite(mine, theirs):
        found.vague.append(f"{words}: the words have no printed limit")
    else:
        found.differ.append(words)


def _word_and_numbers(found: Compared, said: Said, numbers: Said) -> None:
    """A word beside numbers: a count in words is compared, any other word has no printed limit."""
    count = number_of(said.word)
    counts = [number for name, number in numbers.numbers.items() if name in ("n", "value")]
    shown = ", ".join(map(str, [*(case for case in numbers.cases if case is not None), *numbers.numbers.values()][:10]))
    words = f'"{said.word}" in {shown_place(said.place)}, {shown} in {shown_place(numbers.place)}'
    if count is None or not counts:
        found.vague.append(f"{words}: the word has no printed limit")
    elif all(number.value == count for number in counts):
        found.agree.append(words)
    else:
        found.differ.append(words)


def _bare(word: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", word).casefold())

"""Words that a paper uses for a number: none, five, low."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NOTHING = frozenset({"none", "no", "zero", "nil", "nobody", "never"})
_OPPOSITES = (
    ({"low", "lower", "reduced", "decreased", "below"}, {"high", "higher", "elevated", "raised", "increased", "above"}),
    ({"short", "few", "little", "rare"}, {"long", "many", "much", "frequent"}),
    ({"normal", "usual"}, {"abnormal", "unusual"}),
    ({"good", "better", "stable"}, {"poor", "bad", "worse", "unstable"}),
)
_VAGUE = frozenset(word for pair in _OPPOSITES for side in pair for word in side) | {"most", "some", "several", "large", "small"}


def number_of(word: str) -> int | None:
    """The whole number that a word means: none is 0, five is 5."""
    plain = word.strip().casefold()
    return 0 if plain in _NOTHING else _NUMBERS.index(plain) if plain in _NUMBERS else None


def is_vague(word: str) -> bool:
    """Whether a word such as "low" says nothing without a limit."""
    return bool(_VAGUE & set(word.casefold().split()))


def are_opposite(one: str, other: str) -> bool:
    """Whether two vague words deny each other: low and high."""
    mine, theirs = set(one.casefold().split()), set(other.casefold().split())
    return any((mine & left and theirs & right) or (mine & right and theirs & left) for left, right in _OPPOSITES)

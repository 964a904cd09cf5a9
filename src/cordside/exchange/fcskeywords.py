"""Keywords and values of a TEXT segment. The first character parts them; doubled, it stands for itself.

Several makers leave values empty, which the standard forbids: a doubled mark then parts two keywords. A keyword that holds the mark
tells that it was so, because no keyword does.
"""


def keywords_of(text: str) -> dict[str, str]:
    """Keywords in lower case and without their $, with their values as written; text: from its first mark on."""
    mark = text[0]
    found = _paired(_parts(text[1:], mark))
    if any(mark in key for key in found):
        return _paired(_ended(text[1:].split(mark)))
    return found


def _paired(parts: list[str]) -> dict[str, str]:
    return {key.strip().removeprefix("$").lower(): value for key, value in zip(parts[::2], parts[1::2], strict=False)}


def _parts(text: str, mark: str) -> list[str]:
    """Texts between single marks."""
    hidden = "\0" if mark != "\0" else "\1"
    return _ended([part.replace(hidden, mark) for part in text.replace(mark * 2, hidden).split(mark)])


def _ended(parts: list[str]) -> list[str]:
    """Without the nothing behind the last mark."""
    return parts[:-1] if parts[-1] == "" else parts

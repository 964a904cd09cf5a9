"""The numbers that tables and figures bear: the plan's own, else S1, S2, ... in the plan's order."""

from collections.abc import Sequence

from cordside.protocol.protocol import Protocol

FIGURE_KINDS = ("timeline", "images", "by_visit", "before_after", "box_points", "waterfall", "forest", "kaplan_meier", "swimmer")


def running_numbers(numbers: Sequence[str], word: str) -> list[str]:
    """Numbers with the missing ones filled in: ["Table 1", ""] gives Table 1, Table S1."""
    running = iter(range(1, len(numbers) + 1))
    return [number or f"{word} S{next(running)}" for number in numbers]


def figure_numbers(protocol: Protocol) -> dict[str, str]:
    """The number of each planned figure by its id, in the plan's order."""
    planned = [item for item in protocol.analyses if item.kind in FIGURE_KINDS]
    return dict(zip((item.id for item in planned), running_numbers([item.number or "" for item in planned], "Figure"), strict=True))

"""Parts inside parts of a planned item, so that what they name can be checked wherever it stands."""

from collections.abc import Iterator

from cordside.protocol.eligibility import Condition
from cordside.protocol.part import Part
from cordside.protocol.plans.derived import Moment
from cordside.protocol.plans.happenings import Cleared
from cordside.protocol.plans.timetoevent import Band

Place = tuple[str | int, ...]


def parts_below(part: Part, place: Place = ()) -> Iterator[tuple[Place, Part]]:
    """Every part inside a part with its place; what is inside a condition belongs to the condition."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        held = [((*place, name, at), entry) for at, entry in enumerate(value)] if isinstance(value, list) else [((*place, name), value)]
        for where, entry in held:
            if isinstance(entry, Part):
                yield where, entry
                if not isinstance(entry, Condition):
                    yield from parts_below(entry, where)


def conditions_in(part: Part) -> Iterator[tuple[Place, Condition]]:
    """Conditions of a planned item, with their places."""
    yield from ((place, inside) for place, inside in parts_below(part) if isinstance(inside, Condition))


def items_in(part: Part) -> Iterator[tuple[Place, str]]:
    """Items that the events and episodes of a planned item name, with their places."""
    for place, inside in parts_below(part):
        if isinstance(inside, Cleared | Band | Moment) and inside.item:
            yield (*place, "item"), inside.item
        for name in ("items", "ended"):
            yield from (((*place, name, at), item) for at, item in enumerate(getattr(inside, name, None) or []))

"""What the pictures of a tube are drawn from: scales and names of axes, and the control behind a bound."""

from cordside.product.cytometry.columns import Dimension, Ratio
from cordside.product.cytometry.events import Events, Mask
from cordside.product.cytometry.gates import Box, Gate
from cordside.product.cytometry.method import Bound, Method
from cordside.product.cytometry.pictures import Source
from cordside.product.cytometry.scales import scale_of
from cordside.product.cytometry.transforms import Transform
from cordside.product.cytometry.tree import GateTree, evaluate
from cordside.product.cytometry.tube import Tube


def of_tree(tree: GateTree, events: Events, tube: Tube) -> Source:
    """Pictures of gates on the scales on which they were drawn."""
    return Source(tree, events, tube, lambda one: one.scale, lambda one: _name(one, events), lambda _: None)


def of_method(method: Method, events: Events, tube: Tube) -> Source:
    """Pictures of a recipe's gates on the scales of the recipe, with the controls behind percentiles."""
    held: dict[str, dict[str, Mask]] = {}

    def control_of(gate: Gate) -> tuple[Events, Mask | None, str] | None:
        bound = _bound(method, gate)
        if bound is None or not bound.control:
            return None
        control = method.controls[bound.control]
        if bound.control not in held:
            held[bound.control] = evaluate(method.tree, control)
        mask = None if gate.parent is None else held[bound.control][gate.parent]
        return control, mask, f"{bound.control} control (scaled)"

    return Source(method.tree, events, tube, lambda one: _scale(method, one), lambda one: _name(one, events), control_of)


def _bound(method: Method, gate: Gate) -> Bound | None:
    """The bound of a gate of one dye."""
    if not isinstance(gate, Box) or len(gate.sides) != 1:
        return None
    channel = gate.sides[0].dimension.channel
    found = (one for one in method.bounds.values() if one.parent == gate.parent and method.recipe.stands_for(one.dye) == channel)
    return next(found, None)


def _scale(method: Method, dimension: Dimension) -> Transform | None:
    channel = dimension.channel
    if isinstance(channel, Ratio):
        return None
    own = next((name for name, stands in method.recipe.channels.items() if stands == channel), channel)
    return scale_of(method.recipe, own)


def _name(dimension: Dimension, events: Events) -> str:
    channel = dimension.channel
    if isinstance(channel, Ratio):
        return f"{channel.first} / {channel.second}"
    if not events.knows(channel):
        # A dye of a spectrum matrix is no channel of the file.
        return channel
    found = events.channels[events.index(channel)]
    return f"{found.label} ({found.name})" if found.label and found.label != found.name else found.name

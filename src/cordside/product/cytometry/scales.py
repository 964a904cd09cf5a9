"""The scales on which a recipe draws: as it says, else scatter, time and their kin plain, and dyes on the logicle scale."""

import re

import numpy as np

from cordside.product.cytometry.transforms import Asinh, Log, Logicle, Transform
from cordside.product.recipe import Recipe

_PLAIN = re.compile(r"(fsc|ssc|fs|ss|time|width|forward|side)\b", re.IGNORECASE)
"""Channels that no dye colours."""


def scale_of(recipe: Recipe, name: str) -> Transform | None:
    """The scale of a channel's axis; None: its values as they are."""
    part = recipe.scales.get(name)
    if part is None:
        return None if is_plain(recipe.stands_for(name)) else Logicle()
    if part.kind == "linear":
        return None
    if part.kind == "log":
        return Log(part.T, part.M)
    return Asinh(part.T, part.M, part.A) if part.kind == "asinh" else Logicle(part.T, part.W, part.M, part.A)


def is_plain(channel: str) -> bool:
    """Whether a channel is scatter or time by its name."""
    return _PLAIN.match(channel) is not None


def place_of(scale: Transform | None, value: float) -> float:
    """The place of one value on a scale."""
    return value if scale is None else float(scale.apply(np.array([value]))[0])



"""What the parts of a recipe must agree on: names that are used are declared, and each once."""

from collections.abc import Iterator

from cordside.product.cytometry.naming import negative, positive, quadrants
from cordside.product.cytometry.panel import alternatives, same_marker
from cordside.product.recipe import Recipe, Threshold

Place = tuple[int | str, ...]
Mistake = tuple[Place, tuple[str, str, str]]
_CONTROLS = ("isotype", "fmo", "unstained")


def check_recipe(recipe: Recipe) -> Iterator[Mistake]:
    """Each mistake with its place and words."""
    yield from _gates(recipe)
    yield from _dyes(recipe)
    yield from _controls(recipe)
    yield from _panel(recipe)


def _gates(recipe: Recipe) -> Iterator[Mistake]:
    above: list[str] = []
    for at, gate in enumerate(recipe.gates):
        if gate.id in above:
            yield ("gates", at, "id"), (f"{gate.id} stands twice", "each id once", "rename one")
        if gate.parent is not None and gate.parent not in above:
            words = f"{gate.parent} is no gate above this one"
            yield ("gates", at, "parent"), (words, _known(above), "put the parent first, or mend its name")
        above.append(gate.id)
    for key, part in (("markers", recipe.markers), ("viability", recipe.viability)):
        if part is not None and part.parent not in above:
            yield (key, "parent"), (f"{part.parent} is no gate", _known(above), "name one of them")
    for place, name in _counted(recipe):
        if name in above:
            yield place, (f"the population {name} has the name of a gate", "each name once", "rename the gate")


def _counted(recipe: Recipe) -> Iterator[tuple[Place, str]]:
    """Populations that the recipe makes by itself, with the place that asks for each."""
    names = recipe.markers.names if recipe.markers else []
    for at, name in enumerate(names):
        yield ("markers", "names", at), positive(name)
    if recipe.viability:
        yield ("viability",), negative(recipe.viability.dye)
        for name in quadrants(recipe.viability.annexin, recipe.viability.dye) if recipe.viability.annexin else ():
            yield ("viability",), name


def _dyes(recipe: Recipe) -> Iterator[Mistake]:
    """Every dye that is called positive or negative has a threshold."""
    wanted: list[tuple[Place, str]] = []
    for at, gate in enumerate(recipe.gates):
        for key, names in (("negative", gate.negative), ("positive", gate.positive)):
            wanted += [(("gates", at, key, number), name) for number, name in enumerate(names or [])]
    if recipe.markers:
        names = recipe.markers.names
        wanted += [(("markers", "names", number), name) for number, name in enumerate(names)]
        for number, name in enumerate(names):
            if name in names[:number]:
                yield ("markers", "names", number), (f"{name} stands twice", "each marker once", "remove one")
    if recipe.viability:
        wanted += [(("viability", key), name) for key in ("dye", "annexin") if (name := getattr(recipe.viability, key)) is not None]
    for place, name in wanted:
        if name not in recipe.thresholds:
            yield place, (f"{name} has no threshold", _known(list(recipe.thresholds)), f"write thresholds: {name}: ...")
    for name in recipe.thresholds:
        if name not in {one for _, one in wanted}:
            yield ("thresholds", name), (f"no gate, marker or viability uses {name}", "names that are used", "remove it, or mend the name")
    yield from _viability(recipe)


def _viability(recipe: Recipe) -> Iterator[Mistake]:
    """Viability by two dyes crosses two lines, which a polygon is not."""
    for key in ("dye", "annexin"):
        name = getattr(recipe.viability, key, None)
        if name in recipe.thresholds and recipe.thresholds[name].polygon is not None:
            words = "viability cannot be judged by a polygon"
            yield ("thresholds", name, "polygon"), (words, "fixed, or percentile with control", "give a value")


def _controls(recipe: Recipe) -> Iterator[Mistake]:
    for name in recipe.controls:
        if not _is_control(name):
            yield ("controls", name), (f"{name} is no kind of control", _kinds(), "rename it")
        elif not any(serves(name, marker, one) for marker, one in recipe.thresholds.items()):
            yield ("controls", name), (f"no threshold uses the control {name}", "controls that are used", "remove it")
    for marker, threshold in recipe.thresholds.items():
        if threshold.control is None:
            continue
        if not _is_control(threshold.control):
            yield ("thresholds", marker, "control"), (f"{threshold.control} is no kind of control", _kinds(), "rename it")
        elif threshold.percentile is None and not recipe.background_subtraction:
            words = "a control without a percentile serves background subtraction, which is off"
            allowed = "a percentile, or background_subtraction: true"
            yield ("thresholds", marker, "control"), (words, allowed, "remove it, or say what it is for")


def serves(kind: str, marker: str, threshold: Threshold) -> bool:
    """Whether a control of a kind (isotype, or fmo:CD73) serves the threshold of a marker."""
    return threshold.control is not None and kind in (threshold.control, f"{threshold.control}:{marker}")


def _is_control(name: str) -> bool:
    kind, _, marker = name.partition(":")
    return kind in _CONTROLS and (marker != "" or ":" not in name)


def _kinds() -> str:
    return f"{', '.join(_CONTROLS)}, or one of them for a marker, such as fmo:CD73"


def _panel(recipe: Recipe) -> Iterator[Mistake]:
    if recipe.panel is None:
        return
    if recipe.markers is None:
        yield ("panel",), ("a panel without markers", "markers: with names", "say which markers are counted")
    if isinstance(recipe.panel, str):
        return
    seen: list[str] = []
    for at, row in enumerate(recipe.panel):
        for marker in alternatives(row.marker):
            if any(same_marker(marker, one) for one in seen):
                yield ("panel", at, "marker"), (f"{marker} stands in two rows", "each marker once", "remove one")
        seen += alternatives(row.marker)


def _known(names: list[str]) -> str:
    return f"one of {', '.join(names)}" if names else "none is declared yet"

"""Recipe, controls and tubes read and counted: what `flow` prints and writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cordside.errors import CannotDo
from cordside.exchange.fcs import DataSet, digest_of, read_fcs
from cordside.exchange.fcsscrub import neutral_name
from cordside.exchange.gatingml import read_gatingml
from cordside.product.cytometry.method import Method, missing_channels, missing_controls, unknown_controls
from cordside.product.cytometry.pictures import Picture, pictures
from cordside.product.cytometry.picturesource import of_method, of_tree
from cordside.product.cytometry.reported import Origin, result_rows
from cordside.product.cytometry.tree import GateTree
from cordside.product.cytometry.tube import Tube, count, count_gates
from cordside.product.recipe import Recipe
from cordside.product.reciperead import read_recipe


@dataclass(frozen=True)
class Control:
    """A control tube: its kind, its file and that file's digest."""

    kind: str
    path: Path
    digest: str


@dataclass(frozen=True)
class How:
    """How tubes are counted: by a recipe and its controls, or by the gates of a Gating-ML file."""

    path: Path
    name: str
    version: str
    digest: str
    method: Method | None
    tree: GateTree
    controls: Sequence[Control] = ()


@dataclass(frozen=True)
class Counted:
    """One tube counted. name: how its file is called in results."""

    path: Path
    name: str
    digest: str
    data_set: DataSet
    tube: Tube


@dataclass(frozen=True)
class Reading:
    """How FCS files are read: whose offsets to believe, and which data set of several."""

    believe: str = "agree"
    data_set: int | None = None
    read: dict[Path, DataSet] = field(default_factory=dict)

    def __call__(self, path: Path) -> DataSet:
        """The data set of a file, read once."""
        if path not in self.read:
            self.read[path] = read_fcs(path, believe=self.believe, data_set=self.data_set)
        return self.read[path]


def how_to_count(path: Path, given: Mapping[str, Path], reading: Reading) -> How:
    """Read a recipe (YAML, or Gating-ML where the file ends in .xml) and the controls that it names or that are given."""
    if path.suffix.lower() == ".xml":
        if given:
            raise CannotDo(f"{path.name}: Gating-ML needs no control, but --control {next(iter(given))} was given; leave it out.")
        return How(path, path.stem, "", digest_of(path), None, read_gatingml(path))
    recipe, digest = read_recipe(path)
    files = {kind: path.parent / name for kind, name in recipe.controls.items()} | dict(given)
    _check_controls(recipe, files, path.name)
    method = Method(recipe, {kind: reading(file).events for kind, file in files.items()})
    controls = [Control(kind, file, digest_of(file)) for kind, file in sorted(files.items())]
    return How(path, recipe.name, recipe.version, digest, method, method.tree, controls)


def counted(path: Path, name: str, how: How, reading: Reading) -> Counted:
    """Count one tube; CannotDo names every channel that it lacks."""
    data_set = reading(path)
    if how.method is None:
        tube = count_gates(how.tree, data_set.events)
    else:
        if faults := missing_channels(how.method, data_set.events):
            raise CannotDo("\n".join(f"{path.name}: {fault}" for fault in faults))
        tube = count(how.method, data_set.events)
    return Counted(path, name, digest_of(path), data_set, tube)


def drawn(one: Counted, how: How) -> list[Picture]:
    """The pictures of a tube's gates."""
    events = one.data_set.events
    source = of_tree(how.tree, events, one.tube) if how.method is None else of_method(how.method, events, one.tube)
    return list(pictures(source))


def rows_of(tubes: Sequence[Counted], how: How) -> list[dict[str, str]]:
    """The tests of all tubes as rows of the product's test results."""
    controls = {control.kind: control.digest for control in how.controls}
    rows = []
    for one in tubes:
        origin = Origin(how.name, how.version, neutral_name(one.digest), one.digest, how.digest, controls)
        rows += result_rows(one.tube, origin)
    return rows


def names_of(paths: Sequence[Path]) -> list[str]:
    """How files are called in results: by their names, or as given where two have the same."""
    names = [path.name for path in paths]
    return [name if names.count(name) == 1 else str(path) for name, path in zip(names, paths, strict=True)]


def _check_controls(recipe: Recipe, files: Mapping[str, Path], name: str) -> None:
    faults = [f"needs the control {kind}; add --control {kind}=FILE." for kind in missing_controls(recipe, list(files))]
    faults += [f"no threshold uses the control {kind}; leave it out." for kind in unknown_controls(recipe, list(files))]
    if faults:
        raise CannotDo("\n".join(f"{name}: {fault}" for fault in faults))

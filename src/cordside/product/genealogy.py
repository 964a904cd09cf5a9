"""Genealogy: which material was made of which, up to the donor and down to every container.

A transform is a node between what it took and what it made, so that a pool of a thousand into a thousand is two thousand edges
and not a million. Everything is walked with a stack: no depth is too great, and a cycle ends.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

_Edges = dict[str, list[str]]


class Genealogy:
    """The graph of materials.

    materials: their ids; taken and made: pairs of transform and material; given: pairs of donor and donated material.
    An edge that names an unknown material is kept: what was made of it is still its child.
    """

    def __init__(
        self,
        materials: Iterable[str],
        taken: Iterable[tuple[str, str]],
        made: Iterable[tuple[str, str]],
        given: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.materials = list(materials)
        self._takes, self._used_in = _both_ways(taken)
        self._makes, self._made_by = _both_ways(made)
        self._gave, self._given_by = _both_ways(given)

    @classmethod
    def from_parents(cls, made_from: Mapping[str, Sequence[str]]) -> "Genealogy":
        """The genealogy of materials with their parents, each made by an act of its own."""
        known = dict.fromkeys(name for child, parents in made_from.items() for name in (*parents, child))
        taken = [(child, parent) for child, parents in made_from.items() for parent in parents]
        return cls(known, taken, [(child, child) for child in made_from])

    def made_by(self, matid: str) -> list[str]:
        """Transforms that made a material."""
        return self._made_by.get(matid, [])

    def used_in(self, matid: str) -> list[str]:
        """Transforms that took from a material."""
        return self._used_in.get(matid, [])

    def parents(self, matid: str) -> list[str]:
        """Materials that a material was made of."""
        return list(dict.fromkeys(parent for act in self._made_by.get(matid, ()) for parent in self._takes.get(act, ())))

    def children(self, matid: str) -> list[str]:
        """Materials made of a material."""
        return list(dict.fromkeys(child for act in self._used_in.get(matid, ()) for child in self._makes.get(act, ())))

    def ancestors(self, matid: str) -> list[str]:
        """Everything a material was made of, nearest first; itself only where it is in a cycle."""
        return _walk([matid], self._made_by, self._takes)

    def descendants(self, matid: str) -> list[str]:
        """Everything made of a material, nearest first; itself only where it is in a cycle."""
        return _walk([matid], self._used_in, self._makes)

    def donors_of(self, matid: str) -> list[str]:
        """Donors of a material, or of anything it was made of."""
        given = self._given_by
        return list(dict.fromkeys(donor for one in (matid, *self.ancestors(matid)) if one in given for donor in given[one]))

    def from_donor(self, dnrid: str) -> list[str]:
        """Every material that a donor gave, or that was made of it, nearest first."""
        given = self._gave.get(dnrid, [])
        return [*given, *(one for one in _walk(given, self._used_in, self._makes) if one not in given)]

    def acts_above(self, matid: str) -> list[str]:
        """Transforms that made a material or anything it was made of, nearest first."""
        return list(dict.fromkeys(act for one in (matid, *self.ancestors(matid)) for act in self._made_by.get(one, ())))

    def cycles(self) -> list[list[str]]:
        """Groups of materials that are made of one another, each group in the order in which its materials were recorded."""
        doubtful = self._between_cycles()
        seen: set[str] = set()
        found = []
        for matid in doubtful:
            above = set(self.ancestors(matid)) if matid not in seen else set()
            if matid in above:
                together = above & set(self.descendants(matid))
                seen |= together
                found.append([one for one in doubtful if one in together])
        return found

    def oldest_first(self, matids: Iterable[str]) -> Iterator[str]:
        """Materials and all they were made of, parents before children; those in a cycle, or made of one, are left out."""
        asked = list(matids)
        wanted = dict.fromkeys([*asked, *_walk(asked, self._made_by, self._takes)])
        waiting = {matid: sum(len(self._takes.get(act, ())) for act in self._made_by.get(matid, ())) for matid in wanted}
        ready = [matid for matid in reversed(wanted) if not waiting[matid]]
        while ready:
            matid = ready.pop()
            yield matid
            for act in self._used_in.get(matid, ()):
                for child in self._makes.get(act, ()):
                    if child in waiting:
                        waiting[child] -= 1
                        if not waiting[child]:
                            ready.append(child)

    def _between_cycles(self) -> dict[str, None]:
        """Materials in a cycle, or both made of one and used for one."""
        sound = set(self.oldest_first(self.materials))
        left = {matid: None for matid in dict.fromkeys([*self.materials, *self._takes_all()]) if matid not in sound}
        waiting = {matid: sum(child in left for child in self.children(matid)) for matid in left}
        ends = [matid for matid, children in waiting.items() if not children]
        while ends:
            matid = ends.pop()
            del left[matid]
            for parent in self.parents(matid):
                if parent in left:
                    waiting[parent] -= 1
                    if not waiting[parent]:
                        ends.append(parent)
        return left

    def _takes_all(self) -> Iterator[str]:
        return (matid for taken in self._takes.values() for matid in taken)


def _walk(start: Iterable[str], acts: _Edges, beyond: _Edges) -> list[str]:
    """Everything reached from the start, nearest first; each act is walked once."""
    queue = list(start)
    found: dict[str, None] = {}
    done: set[str] = set()
    for matid in queue:  # it grows while it is walked
        for act in acts.get(matid, ()):
            if act in done:
                continue
            done.add(act)
            for other in beyond.get(act, ()):
                if other not in found:
                    found[other] = None
                    queue.append(other)
    return list(found)


def _both_ways(pairs: Iterable[tuple[str, str]]) -> tuple[_Edges, _Edges]:
    forth: _Edges = defaultdict(list)
    back: _Edges = defaultdict(list)
    for one, other in pairs:
        forth[one].append(other)
        back[other].append(one)
    return dict(forth), dict(back)

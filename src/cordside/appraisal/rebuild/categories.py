"""Who has what: counts, rows that exclude one another, parts of a parent row. Beyond these everything is dealt out at random."""

from dataclasses import dataclass, field

from cordside.appraisal.arithmetic.percents import partition, percent_counts, percent_of_n
from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.rebuild.outcomes import Outcome, broken, held
from cordside.appraisal.rebuild.seeds import generator, shuffled


@dataclass(frozen=True, slots=True)
class Counted:
    """A row that counts patients: those of whom it is known (numbers from 0), and those who have it."""

    row: PaperRow
    known: tuple[int, ...]
    members: frozenset[int]


@dataclass
class _Dealing:
    """One deal of all counted rows."""

    paper: Paper
    key: tuple[object, ...]
    dealt: dict[str, Counted] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    pools: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def pool_of(self, row: PaperRow) -> tuple[int, ...]:
        """The patients among whom a row is dealt: members of its parent row or of the row that `of` names, else all."""
        of = row.data.of
        if isinstance(of, str) and of in self.dealt:
            return tuple(sorted(self.dealt[of].members))
        parent = self._parent(row)
        everybody = tuple(sorted(parent.members)) if parent else tuple(range(self.paper.n))
        if isinstance(of, int) and of < len(everybody):
            if of not in self.pools:
                order = self._order("of", of, len(everybody))
                self.pools[of] = tuple(sorted(everybody[place] for place in order[:of]))
            return self.pools[of]
        return everybody

    def deal(self, row: PaperRow, count: int, pool: tuple[int, ...]) -> None:
        """Give a row to so many of its pool."""
        order = self._order("count", row.name, len(pool))
        self.dealt[row.name] = Counted(row, self._known(row, pool), frozenset(pool[place] for place in order[:count]))

    def deal_apart(self, rows: list[PaperRow], counts: list[int], pool: tuple[int, ...]) -> None:
        """Give rows that exclude one another to different patients of their pool."""
        order = self._order("partition", rows[0].name, len(pool))
        start = 0
        for row, count in zip(rows, counts, strict=True):
            self.dealt[row.name] = Counted(row, self._known(row, pool), frozenset(pool[place] for place in order[start : start + count]))
            start += count

    def _parent(self, row: PaperRow) -> Counted | None:
        return self.dealt.get(row.parent.name) if row.parent and row.parent.data.row else None

    def _known(self, row: PaperRow, pool: tuple[int, ...]) -> tuple[int, ...]:
        """Who lacks the whole lacks its part, which is known of them too, unless the row counts among the others alone."""
        parent = self._parent(row)
        return pool if parent is None or row.data.of is not None else parent.known

    def _order(self, *part: object) -> list[int]:
        return shuffled(generator(*self.key, *part[:-1]), int(str(part[-1])))


def deal(paper: Paper, *key: object) -> tuple[dict[str, Counted], list[Outcome]]:
    """Deal out every counted row, and say of each whether its count could be kept.

    key: what the generators are seeded from. A part of a parent row is dealt to members of the parent.
    """
    dealing = _Dealing(paper, key)
    together = {name: names for names in paper.published.partitions for name in names}
    rows = [row for row in paper.rows if count_of(row, paper.n) is not None and row.data.row]
    # A parent comes before its parts, wherever it is printed.
    for row in sorted(rows, key=_depth):
        if row.name in dealing.dealt:
            continue
        names = together.get(row.name)
        if names:
            _deal_partition(dealing, [paper.named[name] for name in names])
        else:
            _deal_alone(dealing, row)
    return dealing.dealt, dealing.outcomes


def count_of(row: PaperRow, n: int) -> int | None:
    """The count of a row, printed or the one that its percentage leaves; None where the row counts nobody."""
    if row.count is not None:
        return row.count
    cell = row.cell("value")
    if cell is None or not cell.has("pct") or row.data.value is not None:
        return None
    found = percent_counts(cell["pct"], cell.n or n)
    return found[len(found) // 2] if found else None


def _depth(row: PaperRow) -> int:
    return 0 if row.parent is None else 1 + _depth(row.parent)


def _deal_alone(dealing: _Dealing, row: PaperRow) -> None:
    pool, count = dealing.pool_of(row), count_of(row, dealing.paper.n) or 0
    dealing.outcomes.append(_counted(dealing, row, count, pool))
    dealing.deal(row, min(max(count, 0), len(pool)), pool)


def _deal_partition(dealing: _Dealing, rows: list[PaperRow]) -> None:
    counts = [count_of(row, dealing.paper.n) or 0 for row in rows]
    pool = dealing.pool_of(rows[0])
    dealing.outcomes += [_counted(dealing, row, count, pool) for row, count in zip(rows, counts, strict=True)]
    whole = partition(counts, len(pool))
    if not whole.consistent:
        names = ", ".join(row.name for row in rows)
        why = f"{' + '.join(map(str, counts))} = {whole.total}, not {len(pool)}: rows that exclude one another ({names}) make up the whole"
        dealing.outcomes.append(broken(rows[0].spot, why, printed=str(whole.total), expected=str(len(pool))))
    dealing.deal_apart(rows, counts, pool)


def _counted(dealing: _Dealing, row: PaperRow, count: int, pool: tuple[int, ...]) -> Outcome:
    if not 0 <= count <= len(pool):
        return broken(row.spot, f"{count} of {len(pool)} patients", printed=str(count), expected=f"0 to {len(pool)}")
    cell = row.cell("value")
    whole = cell.n if cell and cell.n is not None else len(pool)
    if cell and cell.has("pct") and whole and not percent_of_n(count, whole, cell["pct"]).consistent:
        why = f"{count} of {whole} is {100 * count / whole:.2f}%, not {cell['pct']}%"
        return broken(row.spot, why, printed=str(cell["pct"]), expected=f"{100 * count / whole:.2f}")
    return held(row.spot, f"{count} of {whole}")

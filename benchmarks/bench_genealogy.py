"""The graph of 480,000 materials: donor → all recipients and container → donor, beside a bare walk of the same edges in a dictionary.

    python benchmarks/bench_genealogy.py [--donors 100] [--times 7]

Prints the seconds of both and their ratio; ends with status 1 when a ratio is above 5.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable

from cordside.product.genealogy import Genealogy

MOST = 5
CONTAINERS, VIALS, LOTS = 4000, 20, 40


def family(donor: int) -> tuple[list[str], list[tuple[str, str, str]]]:
    """One donor's materials, and their edges as (transform, parent, child): cord, cultures, banks, bulks, containers."""
    edges: list[tuple[str, str, str]] = []
    chain = [f"D{donor}-M{step}" for step in range(1, 782)]
    edges += [(f"D{donor}-T{step}", parent, child) for step, (parent, child) in enumerate(zip(chain, chain[1:], strict=False))]
    vials = [f"D{donor}-V{vial}" for vial in range(VIALS)]
    edges += [(f"D{donor}-F", chain[-1], vial) for vial in vials]
    bulks = [f"D{donor}-B{lot}" for lot in range(LOTS)]
    edges += [(f"D{donor}-G{lot}", vials[lot % VIALS], bulk) for lot, bulk in enumerate(bulks)]
    containers = [f"D{donor}-C{number}" for number in range(CONTAINERS)]
    edges += [(f"D{donor}-P{number % LOTS}", bulks[number % LOTS], matid) for number, matid in enumerate(containers)]
    return [*chain, *vials, *bulks, *containers], edges


def quickest(ask: Callable[[], object], times: int, repeat: int) -> float:
    """Seconds of one call: the least of several rounds of several calls."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        for _ in range(repeat):
            ask()
        found.append((time.perf_counter() - start) / repeat)
    return min(found)


def main() -> int:
    """Build, ask both ways, compare the answers, print the ratios."""
    parser = argparse.ArgumentParser(description="Genealogy beside a bare dictionary.")
    parser.add_argument("--donors", type=int, default=100)
    parser.add_argument("--times", type=int, default=7)
    given = parser.parse_args()
    materials, edges = [], []
    for donor in range(given.donors):
        own, made = family(donor)
        materials += own
        edges += made
    infused = {matid: f"S{matid}" for matid in materials if "-C" in matid}
    start = time.perf_counter()
    taken, made_ = dict.fromkeys((act, parent) for act, parent, _ in edges), [(act, child) for act, _, child in edges]
    genealogy = Genealogy(materials, taken, made_, [(f"D{donor}", f"D{donor}-M1") for donor in range(given.donors)])
    loaded = time.perf_counter() - start
    children, parents = defaultdict(list), defaultdict(list)
    for _, parent, child in edges:
        children[parent].append(child)
        parents[child].append(parent)
    donors = {f"D{donor}-M1": f"D{donor}" for donor in range(given.donors)}

    def bare_recipients() -> list[str]:
        seen, stack = {"D7-M1"}, ["D7-M1"]
        while stack:
            for child in children.get(stack.pop(), ()):
                if child not in seen:
                    seen.add(child)
                    stack.append(child)
        return [infused[matid] for matid in seen if matid in infused]

    def bare_donor() -> str:
        seen, stack = {"D7-C5"}, ["D7-C5"]
        while stack:
            matid = stack.pop()
            if matid in donors:
                return donors[matid]
            for parent in parents.get(matid, ()):
                if parent not in seen:
                    seen.add(parent)
                    stack.append(parent)
        return ""

    def recipients() -> list[str]:
        return [infused[matid] for matid in genealogy.from_donor("D7") if matid in infused]

    if sorted(recipients()) != sorted(bare_recipients()) or genealogy.donors_of("D7-C5") != [bare_donor()]:
        sys.exit("the two ways disagree")
    print(f"{len(materials):,} materials, {len(edges):,} edges, {len(infused):,} infused; graph built in {loaded:.2f} s")
    pairs = {
        "donor → all recipients": (recipients, bare_recipients, 5),
        "container → donor": (lambda: genealogy.donors_of("D7-C5"), bare_donor, 20),
    }
    worst = 0.0
    for name, (ours, bare, repeat) in pairs.items():
        own, plain = quickest(ours, given.times, repeat), quickest(bare, given.times, repeat)
        worst = max(worst, own / plain)
        print(f"{name}: {own * 1e3:.3f} ms, bare walk {plain * 1e3:.3f} ms, ratio {own / plain:.2f} (at most {MOST})")
    return 1 if worst > MOST else 0


if __name__ == "__main__":
    sys.exit(main())

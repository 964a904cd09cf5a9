"""Make `studies/renmin-2020-simulated`: the published records of the five patients, beside them a simulated product and laboratory values.

    python scripts/simulate_renmin.py [--seed 20200217] [--out studies/renmin-2020-simulated]

The values behind figures 3 and 4 of the report are not published. The ones written here are invented: they follow the
directions that its text describes, they were never measured, and nothing may be concluded from them. Every row says
`simulated` or `published`. The product (renmin_product.py) is invented too, and with it all but date, dose and route of each
infusion. The same seed gives the same bytes; only `random.random()` is used, whose sequence Python
guarantees from version to version. Existing files of the folder are written anew.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from renmin_product import renmin_rows
from simulated_product import Row, Rows
from simulated_study import STUDIES, copied_rows, replaced, with_specification, write_study

PUBLISHED, SIMULATED = "renmin-2020", "renmin-2020-simulated"
CASES = ("1", "2", "3", "4", "5")
OVER_TIME = ("ADMISSION", "CHECK1", "CHECK2", "CHECK3", "CHECK4")
BEFORE_AFTER = ("BEFORE", "AFTER")


@dataclass(frozen=True)
class Marker:
    """One simulated marker: where it is recorded, its mean at each visit, and how far values spread around it.

    between, within: standard deviations as a share of the mean, of subjects and of single values; highest: limit of a value;
    others: further variables of the row.
    """

    domain: str
    testcd: str
    unit: str
    decimals: int
    means: dict[str, float]
    between: float
    within: float
    highest: float | None = None
    others: tuple[tuple[str, str], ...] = ()


def over_time(*means: float) -> dict[str, float]:
    """Means at admission and the four checks."""
    return dict(zip(OVER_TIME, means, strict=True))


def before_after(before: float, after: float) -> dict[str, float]:
    """Means before and after treatment."""
    return dict(zip(BEFORE_AFTER, (before, after), strict=True))


# SpO2 at admission is published, so that only the checks are simulated. The oxygen support is not invented either.
CHECKS_ONLY = {"CHECK1": 93.0, "CHECK2": 95.0, "CHECK3": 96.5, "CHECK4": 97.5}
NOT_STATED, ARTERIAL = ("O2SUP", "NOT STATED"), ("SPEC", "ARTERIAL BLOOD")
BLOOD, PLASMA, SERUM = ("SPEC", "BLOOD"), ("SPEC", "PLATELET POOR PLASMA"), ("SPEC", "SERUM OR PLASMA")

MARKERS = (
    Marker("VS", "OXYSAT", "%", 0, CHECKS_ONLY, 0.008, 0.008, 99, (("METHOD", "PULSE OXIMETRY"), NOT_STATED)),
    Marker("LB", "OXYSAT", "%", 1, over_time(90.5, 92.5, 94.5, 96.0, 97.0), 0.008, 0.008, 99, (ARTERIAL, NOT_STATED)),
    Marker("LB", "PO2", "mmHg", 0, over_time(58, 66, 75, 84, 90), 0.06, 0.04, None, (ARTERIAL, NOT_STATED)),
    Marker("LB", "CRP", "mg/L", 1, over_time(62, 41, 24, 11, 5), 0.25, 0.12, None, (SERUM,)),
    Marker("LB", "DDIMER", "ug/L FEU", 0, over_time(980, 1850, 1400, 760, 430), 0.2, 0.1, None, (PLASMA,)),
    Marker("LB", "INTLK6", "ng/L", 1, over_time(48, 36, 22, 12, 6), 0.25, 0.12, None, (SERUM,)),
    Marker("LB", "LYM", "10^9/L", 2, before_after(0.75, 1.35), 0.18, 0.08, None, (BLOOD,)),
    Marker("LB", "NEUT", "10^9/L", 2, before_after(6.4, 4.1), 0.18, 0.08, None, (BLOOD,)),
    Marker("CP", "TLYH", "10^6/L", 0, before_after(310, 560), 0.2, 0.08, None, (("SBMRKS", "CD3+CD4+"), BLOOD)),
    Marker("CP", "BLYCE", "10^6/L", 0, before_after(95, 160), 0.2, 0.08, None, (("SBMRKS", "CD19+"), BLOOD)),
    Marker("CP", "NKCE", "10^6/L", 0, before_after(110, 190), 0.2, 0.08, None, (("SBMRKS", "CD3-CD16+CD56+"), BLOOD)),
)

# Published is an SpO2 of 98 % at admission of case 1: the oxygenation simulated for this case does not start low.
LOWEST_MEAN = {("VS", "OXYSAT", "1"): 97.0, ("LB", "OXYSAT", "1"): 97.0, ("LB", "PO2", "1"): 92.0}

# The report calls this value an outlier and does not print it.
OUTLIER = {("LB", "OXYSAT", "3", "CHECK4"): 71.0}


def noise(draw: Callable[[], float]) -> float:
    """A number of mean 0 and standard deviation 1: twelve uniform draws less six, so that no platform's logarithm decides a digit."""
    return sum(draw() for _ in range(12)) - 6


def simulated_rows(marker: Marker, draw: Callable[[], float]) -> Iterator[Row]:
    """Rows of one marker, every case at every visit, drawn in that order."""
    for case in CASES:
        own, lowest = marker.between * noise(draw), LOWEST_MEAN.get((marker.domain, marker.testcd, case), 0.0)
        for visit, mean in marker.means.items():
            value = max(mean, lowest) * (1 + own + marker.within * noise(draw))
            value = OUTLIER.get((marker.domain, marker.testcd, case, visit), min(value, marker.highest or value))
            yield row_of(marker, case, visit, f"{max(value, 0):.{marker.decimals}f}")


def row_of(marker: Marker, case: str, visit: str, result: str) -> Row:
    """One simulated row."""
    named = {"TESTCD": marker.testcd, "ORRES": result, "ORRESU": marker.unit, **dict(marker.others)}
    row = {"USUBJID": f"{SIMULATED}-{case}", **{marker.domain + name: value for name, value in named.items()}}
    return row | {"VISIT": visit, "ORIGIN": "simulated"}


# (text of the published protocol, what takes its place); each stands there exactly once.
CHANGES = (
    (
        "# The study as its paper describes it:",
        "# Made by scripts/simulate_renmin.py from studies/renmin-2020/protocol.yaml. Do not edit.\n"
        "# The laboratory values of this folder are simulated: they were never measured.\n"
        "# So is its product: donor, banks, lots, limits, results, orders and containers were invented (scripts/renmin_product.py).\n"
        "# The study as its paper describes it:",
    ),
    (f"\nstudy: {PUBLISHED}\n", f"\nstudy: {SIMULATED}\n"),
    ("\ntitle: Umbilical-cord", "\ntitle: SIMULATED product and laboratory values beside the published record. Umbilical-cord"),
    ("\norigin: published\n", "\norigin: simulated                        # unless a row says published\n"),
    (f"{{subject: {PUBLISHED}-3,", f"{{subject: {SIMULATED}-3,"),
    ("  manufacturer: VCANBIO Cell & Gene Engineering Corp, Ltd\n", "  manufacturer: Invented maker            # nobody made these lots\n"),
    ("  vehicle: not_published\n  volume_ml: not_published\n", "  vehicle: Saline                         # simulated\n  volume_ml: 100\n"),
    (
        "  - {about: figure3, text: \"The values behind the figure (supplementary tables) are not part of this record. The paper",
        "  - {about: figure3, text: \"All values but SpO2 at admission are simulated. The paper",
    ),
    (
        "  - {about: figure4, text: The values behind the figure (supplementary tables) are not part of this record.}",
        "  - {about: figure4, text: All values are simulated.}",
    ),
)  # fmt: skip


def simulated_protocol(text: str) -> str:
    """The protocol of the simulated study from that of the published one; ValueError when a place to change is not there."""
    for old, new in CHANGES:
        text = replaced(text, old, new)
    return with_specification(text)


def simulated_study(seed: int) -> Rows:
    """Rows of every file of the simulated study."""
    rows = copied_rows((STUDIES / PUBLISHED / "records").glob("*.csv"), PUBLISHED, SIMULATED, "published")
    draw = random.Random(seed).random
    for marker in MARKERS:
        rows.setdefault(marker.domain, []).extend(simulated_rows(marker, draw))
    invented = renmin_rows(rows.pop("EX"))
    return rows | {code: [*rows.get(code, []), *found] for code, found in invented.items()}


def main() -> None:
    """Read the command line and write the study folder."""
    parser = argparse.ArgumentParser(description="Make the study folder renmin-2020-simulated.")
    parser.add_argument("--seed", type=int, default=20200217, help="seed of the simulated values (default 20200217)")
    parser.add_argument("--out", type=Path, default=STUDIES / SIMULATED, help="folder to write (default studies/renmin-2020-simulated)")
    arguments = parser.parse_args()
    text = (STUDIES / PUBLISHED / "protocol.yaml").read_text(encoding="utf-8")
    write_study(arguments.out, simulated_protocol(text), simulated_study(arguments.seed))


if __name__ == "__main__":
    main()

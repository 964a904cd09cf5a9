"""Make `studies/taikang-2020-simulated`: an invented product beside rebuilt patients of the 31-patient study, their weights and infusions.

    python scripts/simulate_taikang.py [--out studies/taikang-2020-simulated]

The paper names cells per kg and the volume, and nothing else of the cells. Donor, banks, lot, limits, results, release, orders and
containers are invented (taikang_product.py), and nothing may be concluded from them. Only what a dose needs is copied from the
rebuilt study, whose tables stand there. Every row says `simulated` or `rebuilt`. There is no chance in it: the bytes are the
same every time. Existing files of the folder are written anew.
"""

import argparse
from pathlib import Path

from simulated_product import Rows
from simulated_study import STUDIES, copied_rows, replaced, with_specification, write_study
from taikang_product import taikang_rows

REBUILT, SIMULATED = "taikang-2020", "taikang-2020-simulated"
COPIED = ("dm", "ds", "ex", "vs")

# (text of the protocol of the rebuilt study, what takes its place); each stands there exactly once.
CHANGES = (
    ("\nstudy: taikang-2020\n", "\nstudy: taikang-2020-simulated\n"),
    ("\ntitle: Umbilical-cord", "\ntitle: SIMULATED product beside rebuilt patients. Umbilical-cord"),
    ("\norigin: rebuilt\n", "\norigin: simulated                        # unless a row says rebuilt\n"),
    ("Records rebuilt with seed 2020\n", "Weights and infusions rebuilt with seed 2020; product, limits and release simulated\n"),
    ("  manufacturer: not_published\n", "  manufacturer: Invented maker            # nobody made this lot\n"),
)
HEAD = """# Made by scripts/simulate_taikang.py from studies/taikang-2020/protocol.yaml. Do not edit.
# The product of this folder is SIMULATED: donor, banks, lot, limits, results, release, orders and containers were invented
# (scripts/taikang_product.py). The patients beside it are REBUILT: none stands behind any row. Their tables, which the paper prints,
# are those of studies/taikang-2020; only weights, infusions and outcomes are copied. What the paper does not say of anything
# else is `not_published`.
"""
SHOWN = """analyses:
  - kind: infusions
    id: infusions
    title: Infusions
    footnotes:
      - "The infusions of patient 26 are given a simulated container each; of all others no lot is known."

  - kind: deviations
    id: deviations
    title: Protocol deviations

remarks:
  - {about: EX, text: "The dose is printed per kg of weight; no weight is. The days of the infusions, and what decided on a second
     and a third, are not published."}
  - {about: EX, text: "Lot, container, time, volume given and people of the infusions of patient 26 are simulated. So is the order of
     a third infusion of patient 23, which was not given: the record does not hold it."}
  - {about: VS, text: "Heights are assumed, and weights follow from them and the rebuilt BMI: the paper prints neither. They have no date."}
  - {about: DS, text: "Dates of discharge and of death are not published. All consents are simulated."}

"""


def simulated_protocol(text: str) -> str:
    """The protocol of the simulated study from that of the rebuilt one; ValueError when a place to change is not there."""
    for old, new in CHANGES:
        text = replaced(text, old, new)
    head, first, last = text.find("format: 1\n"), text.find("\nanalyses:\n"), text.find("\nroles:")
    if not 0 < head < first < last:
        raise ValueError("the protocol has no format, analyses or roles where they are looked for")
    return with_specification(HEAD + text[head : first + 1] + SHOWN + text[last + 1 :])


def simulated_rows(records: Path) -> Rows:
    """Rows of every file; records: of the rebuilt study."""
    rows = copied_rows((records / f"{name}.csv" for name in COPIED), REBUILT, SIMULATED, "rebuilt")
    weights = {row["USUBJID"]: row["VSORRES"] for row in rows["VS"] if row["VSTESTCD"] == "WEIGHT"}
    invented = taikang_rows(rows.pop("EX"), weights)
    return rows | {code: [*rows.get(code, []), *found] for code, found in invented.items()}


def main() -> None:
    """Read the command line and write the study folder."""
    parser = argparse.ArgumentParser(description="Make the study folder taikang-2020-simulated.")
    parser.add_argument("--out", type=Path, default=STUDIES / SIMULATED, help="folder to write (default studies/taikang-2020-simulated)")
    arguments = parser.parse_args()
    text = (STUDIES / REBUILT / "protocol.yaml").read_text(encoding="utf-8")
    write_study(arguments.out, simulated_protocol(text), simulated_rows(STUDIES / REBUILT / "records"))


if __name__ == "__main__":
    main()

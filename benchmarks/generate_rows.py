"""A study folder of a million laboratory rows: 10,000 subjects × 10 tests × 10 visits, at most 2,000 distinct results a test.

python benchmarks/generate_rows.py DIR [--subjects 10000]
"""

import argparse
import csv
import random
from datetime import date, timedelta
from pathlib import Path

TESTS = {  # test: (unit, lowest, steps, step)
    "WBC": ("10^9/L", 2.0, 2000, 0.01),
    "LYM": ("10^9/L", 0.2, 400, 0.01),
    "NEUT": ("10^9/L", 1.0, 1200, 0.01),
    "PLAT": ("10^9/L", 60, 500, 1),
    "HGB": ("g/L", 70, 120, 1),
    "CRP": ("mg/L", 0.5, 2000, 0.1),
    "ALT": ("U/L", 5, 300, 1),
    "AST": ("U/L", 5, 300, 1),
    "CREAT": ("umol/L", 30, 300, 1),
    "LDH": ("U/L", 100, 900, 1),
}
DAYS = (-3, 1, 4, 7, 10, 14, 21, 28, 60, 90)
PROTOCOL = Path(__file__).with_name("million_rows.yaml")


def generate(folder: Path, subjects: int, seed: int = 20200213) -> None:
    """Write protocol.yaml, dm.csv, ex.csv and lb.csv of so many subjects."""
    chance = random.Random(seed)
    records = folder / "records"
    records.mkdir(parents=True, exist_ok=True)
    (folder / "protocol.yaml").write_bytes(PROTOCOL.read_bytes())
    with (
        (records / "dm.csv").open("w", newline="") as dm,
        (records / "ex.csv").open("w", newline="") as ex,
        (records / "lb.csv").open("w", newline="") as lb,
    ):
        write_dm, write_ex, write_lb = csv.writer(dm).writerow, csv.writer(ex).writerow, csv.writer(lb).writerows
        write_dm(["USUBJID", "SUBJID", "AGE", "AGEU", "SEX", "ARMCD"])
        write_ex(["USUBJID", "VISIT", "EXTRT", "EXDOSE", "EXDOSU", "EXROUTE", "EXSTDTC"])
        lb.write("USUBJID,VISIT,LBTESTCD,LBSPEC,LBORRES,LBORRESU,LBORNRLO,LBORNRHI,LBDTC,LBNAM\n")
        for number in range(1, subjects + 1):
            subject, first = f"BENCH-{number:05}", date(2020, 1, 10) + timedelta(days=chance.randrange(300))
            write_dm([subject, f"{number:05}", chance.randint(18, 75), "YEARS", chance.choice("FM"), "MSC"])
            write_ex([subject, "V2", "UC-MSC", 30, "10^6 Therapeutic Cells", "INTRAVENOUS", first.isoformat()])
            write_lb(_laboratory(subject, first, chance))


def _laboratory(subject: str, first: date, chance: random.Random) -> list[list[str]]:
    rows = []
    for visit, day in enumerate(DAYS, 1):
        when = (first + timedelta(days=day - 1 if day > 0 else day)).isoformat()
        for test, (unit, low, steps, step) in TESTS.items():
            value = f"{low + chance.randrange(steps) * step:.{2 if step == 0.01 else 1 if step == 0.1 else 0}f}"
            rows.append([subject, f"V{visit}", test, "BLOOD", value, unit, f"{low}", f"{low + steps * step / 2:g}", when, "CENTRAL"])
    return rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--subjects", type=int, default=10_000)
    given = parser.parse_args()
    generate(given.folder, given.subjects)

"""Study folders drawn as small tables, as a clinician would write them down.

a_study(tmp_path, a_protocol("analyses: [...]"), DM='''
    USUBJID | SUBJID | AGE | AGEU
    T-1     | 1      | 65  | YEARS
''')
"""

import csv
from pathlib import Path

_NEEDED = (
    *("title", "control_group", "period", "ethics", "sites", "arms", "population", "product", "regimen"),
    *("before_each_infusion", "visits", "events_of_special_interest", "endpoints", "roles"),
)


def a_protocol(parts: str = "", study: str = "T", origin: str = "entered") -> str:
    """The text of a protocol: the given top-level keys as YAML, and `not_published` for every other that must be answered."""
    given = {line.partition(":")[0] for line in parts.splitlines() if line and not line.startswith((" ", "#", "-"))}
    fixed = ['format: "1"', f"study: {study}", f"origin: {origin}"]
    return "\n".join([*fixed, *(f"{key}: not_published" for key in _NEEDED if key not in given), parts]) + "\n"


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a drawn table: cells parted by |, blanks around them dropped, the first line the header."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines() if line.strip()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def a_study(folder: Path, protocol: str, **tables: str) -> Path:
    """Write a study folder: protocol.yaml and, for each table drawn under a domain's code, records/<domain>.csv."""
    records = folder / "records"
    records.mkdir(parents=True, exist_ok=True)
    (folder / "protocol.yaml").write_text(protocol, encoding="utf-8")
    for code, table in tables.items():
        found = rows(table)
        header = [cell.strip() for cell in table.strip().splitlines()[0].split("|")]
        with (records / f"{code.lower()}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(found)
    return folder

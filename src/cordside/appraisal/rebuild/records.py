"""Rebuilt rows by domain, each with its origin and the published row that it was rebuilt from."""

from cordside.appraisal.rebuild.setting import Setting
from cordside.domains.all import DOMAINS, domain_of
from cordside.domains.domain import Domain

ORIGIN = "rebuilt"
Row = dict[str, str]


def domain_named(code: str | None) -> type[Domain] | None:
    """The domain of rows about subjects with this code; None where there is none."""
    found = DOMAINS.get(code or "")
    return found if found is not None and found.by_subject else None


class Records:
    """Rows by domain, in the order in which they were added."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self.rows: dict[str, list[Row]] = {}

    def add(self, code: str, patient: int, source: str, **values: str | None) -> Row:
        """Add a row about a patient (numbered from 0).

        source: the published row, or the assumption, that it was rebuilt from; values: by variable without the domain's prefix.
        """
        domain = domain_of(code)
        row = {"USUBJID": self._setting.usubjid(patient)}
        for name, value in values.items():
            full = name if name in domain.variables else domain.prefix + name
            if value is not None:
                row[full] = value
        row["COMMENT"] = f"Seed {self._setting.seed}: {source}"
        row["ORIGIN"] = ORIGIN
        self.rows.setdefault(code, []).append(row)
        return row

    def csv_of(self, code: str) -> str:
        """The rows of a domain as CSV, columns in the domain's order, rows by patient."""
        rows = self.rows[code]
        used = {name for row in rows for name in row}
        columns = ["USUBJID", *(name for name in domain_of(code).variables if name in used and name not in _ENDS), *_LAST]
        order = {self._setting.usubjid(patient): patient for patient in range(self._setting.n)}
        ordered = sorted(rows, key=lambda row: order[row["USUBJID"]])
        lines = [columns, *([row.get(name, "") for name in columns] for row in ordered)]
        return "".join(",".join(map(_cell, line)) + "\n" for line in lines)


_LAST = ("COMMENT", "ORIGIN")
_ENDS = frozenset({"USUBJID", *_LAST})


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text

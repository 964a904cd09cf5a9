"""The product rows of a record, typed by their domains: what every question about the cells starts from."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import tzinfo
from functools import cached_property
from typing import Any

import polars as pl

from cordside.domains.all import DOMAINS, PRODUCT
from cordside.domains.kinds import Kind, Unreadable, deadline, instant
from cordside.product.codes.key import code_key
from cordside.product.genealogy import Genealogy
from cordside.product.times import span_of, zone_of
from cordside.protocol.protocol import Protocol
from cordside.record.csvfile import ROW
from cordside.record.record import Record

_ENDS = frozenset({"CLOSDTC", "WINTO"})
"""Deadlines that a day or month without a time reaches at its end; everything else counts from its beginning."""


class Row(dict[str, Any]):
    """One row by variable, typed by kind: whole numbers, Decimals, texts, instants (UTC); None where it is empty."""

    def __missing__(self, name: str) -> None:
        return None


def is_kept(record: Record) -> bool:
    """Whether a record has any row about the cells."""
    return any(domain.code in record.rows for domain in PRODUCT)


def typed_rows(record: Record, code: str) -> list[Row]:
    """Rows of a domain in the order of their file, with SOURCE (`file:row`), ROWID, ORIGIN and _ROW."""
    frame = record.frame(code)
    if not frame.height:
        return []
    names = [name for name, var in DOMAINS[code].variables.items() if not var.derived and frame[name].null_count() < frame.height]
    columns = [_values(frame[name], name, DOMAINS[code].variables[name].kind) for name in names]
    names += ["SOURCE", "ROWID", ROW]
    columns += [frame[name].to_list() for name in ("SOURCE", "ROWID", ROW)]
    return [Row(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _values(texts: pl.Series, name: str, kind: Kind) -> list[Any]:
    read = _reader(name, kind)
    known = {text: read(text) for text in texts.drop_nulls().unique().to_list()} | {None: None}
    return [known[text] for text in texts.to_list()]


def _reader(name: str, kind: Kind) -> Callable[[str], Any]:
    if kind in (instant, deadline):
        return lambda text: _moment(text, at_end=name in _ENDS)
    if kind.name in ("date", "result", "text"):
        return lambda text: text.strip() or None
    return lambda text: _read(kind, text)


def _moment(text: str, *, at_end: bool) -> Any:
    found = span_of(text, zone_of("UTC"))
    return None if found.first.year <= 1900 else found.last if at_end else found.first


def _read(kind: Kind, text: str) -> Any:
    try:
        return kind.read(text)
    except Unreadable:
        return None


class Cells:
    """Everything recorded of the cells of a study.

    Rows by id; of rows that share an id the first counts. What another row corrects or replaces is left out, and
    cancelled by it: transforms named by REFID, results named by SUPERSED (see results_at in tested.py, which minds the time).
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self._once: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What a neighbouring module derives from all rows, made when it is first asked for."""
        if name not in self._once:
            self._once[name] = make()
        return self._once[name]

    @property
    def protocol(self) -> Protocol:
        """The study as planned."""
        return self.record.protocol

    @cached_property
    def all(self) -> dict[str, list[Row]]:
        """Every product row by domain code, in the order of the files."""
        return {domain.code: typed_rows(self.record, domain.code) for domain in PRODUCT}

    @cached_property
    def donors(self) -> dict[str, Row]:
        """Donors by DNRID."""
        return _by_id(self.all["DONOR"], "DNRID")

    @cached_property
    def materials(self) -> dict[str, Row]:
        """Materials by MATID."""
        return _by_id(self.all["MATERIAL"], "MATID")

    @cached_property
    def transforms(self) -> dict[str, Row]:
        """Transforms by TRFID, without those that another corrects."""
        corrected = {row["REFID"] for row in self.all["TRANSFORM"] if row["REFID"] and row["REFID"] != row["TRFID"]}
        return {key: row for key, row in _by_id(self.all["TRANSFORM"], "TRFID").items() if key not in corrected}

    @cached_property
    def inputs(self) -> dict[str, list[Row]]:
        """What each transform took."""
        return self._by_transform("INPUT")

    @cached_property
    def outputs(self) -> dict[str, list[Row]]:
        """What each transform made."""
        return self._by_transform("OUTPUT")

    @cached_property
    def lots(self) -> dict[str, Row]:
        """Lots by LOTID."""
        return _by_id(self.all["LOT"], "LOTID")

    @cached_property
    def results(self) -> dict[str, Row]:
        """Test results by TRSID."""
        return _by_id(self.all["TESTRESULT"], "TRSID")

    @cached_property
    def results_by_target(self) -> dict[tuple[str, str], list[Row]]:
        """Test results by what was tested, as ("lot", LOTID), in the order of their file."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.results.values():
            found[row["TRGTYPE"] or "", row["TRGID"] or ""].append(row)
        return found

    @cached_property
    def releases(self) -> dict[str, list[Row]]:
        """Release decisions of each lot, earliest first."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(_by_id(self.all["RELEASE"], "RELID").values(), key=lambda row: (row["RELDTC"] is not None, row["RELDTC"] or 0)):
            found[row["LOTID"] or ""].append(row)
        return found

    @cached_property
    def orders(self) -> dict[str, Row]:
        """Dose orders by ORDID."""
        return _by_id(self.all["ORDER"], "ORDID")

    @cached_property
    def custody(self) -> dict[str, list[Row]]:
        """Hand-overs of each material, in the order of the file."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in _by_id(self.all["CUSTODY"], "CSTID").values():
            found[row["MATID"] or ""].append(row)
        return found

    @cached_property
    def infusions(self) -> list[Row]:
        """Rows of EX, each with START and END as spans of instants."""
        rows = typed_rows(self.record, "EX")
        for row in rows:
            zone = self.zone(row["USUBJID"])
            row["START"], row["END"] = span_of(row["EXSTDTC"], zone), span_of(row["EXENDTC"], zone)
        return rows

    @cached_property
    def by_lot(self) -> dict[str, list[str]]:
        """Materials of each lot, in the order of their file."""
        return _grouped((row["LOTID"], matid) for matid, row in self.materials.items())

    @cached_property
    def by_code(self) -> dict[str, list[str]]:
        """Materials of each label code, by its key."""
        return _grouped((code_key(row["MATCODE"] or ""), matid) for matid, row in self.materials.items())

    def carrying(self, code: str) -> list[str]:
        """Materials that carry a label code, however it is written, in the order of their file."""
        return self.by_code.get(code_key(code), [])

    @cached_property
    def infused(self) -> dict[str, list[Row]]:
        """Infusions of each container, in the order of EX; the container is the one scanned where that was another."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.infusions:
            if (matid := self.container_of(row)) is not None:
                found[matid].append(row)
        return dict(found)

    def container_of(self, infusion: Row) -> str | None:
        """The container that was infused: what was scanned, where it names a material, else what was entered."""
        return self.scanned(infusion["EXSCAN"]) or infusion["EXCONT"]

    def scanned(self, code: str | None) -> str | None:
        """The material that a scanned code names, by its id or the code on its label; None when none or several have it."""
        if code is None or code in self.materials:
            return code
        found = self.carrying(code)
        return found[0] if len(found) == 1 else None

    @cached_property
    def genealogy(self) -> Genealogy:
        """Which material was made of which."""
        taken = [(key, row["MATID"]) for key, rows in self.inputs.items() for row in rows]
        made = [(key, row["MATID"]) for key, rows in self.outputs.items() for row in rows]
        given = [(row["DNRID"], matid) for matid, row in self.materials.items() if row["DNRID"]]
        return Genealogy(self.materials, taken, made, given)

    def infusions_of(self, usubjid: str) -> list[Row]:
        """Infusions of a subject, in the order of EX."""
        found: dict[str, list[Row]] = self.once("infusions", lambda: _rows_by(self.infusions, "USUBJID"))
        return found.get(usubjid, [])

    def orders_of(self, matid: str) -> list[Row]:
        """Orders that name a container."""
        found: dict[str, list[Row]] = self.once("orders", lambda: _rows_by(self.orders.values(), "MATID"))
        return found.get(matid, [])

    def zone(self, usubjid: str) -> tzinfo | None:
        """The zone in which a subject's times are written: that of their site, where it is known."""
        sites = self.protocol.sites or {}
        site = sites.get(self._sites.get(usubjid) or "") or (next(iter(sites.values())) if len(sites) == 1 else None)
        return zone_of(site.timezone) if site else None

    def arm(self, usubjid: str) -> str | None:
        """The planned arm of a subject."""
        return self._arms.get(usubjid)

    @cached_property
    def _sites(self) -> dict[str, str | None]:
        return dict(self.record.frame("DM").select("USUBJID", "SITEID").iter_rows())

    @cached_property
    def _arms(self) -> dict[str, str | None]:
        return dict(self.record.frame("DM").select("USUBJID", "ARMCD").iter_rows())

    def _by_transform(self, code: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        seen: set[tuple[str, str]] = set()
        for row in self.all[code]:
            key = (row["TRFID"], row["MATID"])
            if row["TRFID"] in self.transforms and key not in seen:
                seen.add(key)
                found[row["TRFID"]].append(row)
        return found


def cells_of(record: Record) -> Cells:
    """What a record holds of the cells; rows are read when they are first asked for."""
    return Cells(record)


def _by_id(rows: Iterable[Row], name: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if row[name]:
            found.setdefault(row[name], row)
    return found


def _rows_by(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[name]:
            found[row[name]].append(row)
    return dict(found)


def _grouped(pairs: Iterable[tuple[str | None, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        if key:
            found[key].append(value)
    return dict(found)

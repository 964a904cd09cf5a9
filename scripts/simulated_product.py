"""An invented product: one donor, two banks, lots of frozen units, and a container thawed for each infusion.

Shared by the scripts that make the simulated studies. Nothing here was published: it tells nothing of any cells that were given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

Row = dict[str, str]
Rows = dict[str, list[Row]]

UNIT_ML, PREPARED_ML = 10, 100
_VEHICLE, _DMSO_PCT = "Saline, albumin, DMSO", "5"
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Cells of a frozen unit, how many of them are viable, and cells of the same unit thawed."""

    frozen: int
    viable: int
    thawed: int


@dataclass(frozen=True, kw_only=True)
class Lot:
    """A lot: its name, units that nobody is given, what is outstanding at release (test=day), and when the late result came, if it did."""

    name: str
    spare: int
    outstanding: str
    late: str = ""


@dataclass(frozen=True, kw_only=True)
class Use:
    """A container thawed for an infusion.

    number: its place among all, from which the invented amounts vary; din: of its donation number; row: the infusion (EX) as it was
    recorded, with USUBJID, VISIT and EXSTDTC; lot: its name; target: cells ordered; asked: rule, basis and amounts of the order;
    weighed: weight of the order, its kind and time; diluent; infused: whether it was given, or still waits.
    """

    number: int
    din: int
    row: Row
    lot: str
    target: int
    asked: Row
    weighed: Row
    diluent: str = "Saline"
    infused: bool = True
    interrupted: bool = False
    start: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Every infusion begins at half past ten, local time."""
        object.__setattr__(self, "start", datetime.fromisoformat(self.row["EXSTDTC"]) + timedelta(hours=10, minutes=30))

    @property
    def name(self) -> str:
        """Case and visit."""
        return f"{self.row['USUBJID'].rpartition('-')[2]}-{self.row['VISIT']}"

    @property
    def frozen(self) -> str:
        """The frozen unit that it was thawed from."""
        return f"{self.lot}-{self.name}"

    @property
    def container(self) -> str:
        """The thawed container."""
        return f"{self.frozen}-T"


def product_rows(uses: Sequence[Use], lots: Sequence[Lot], unit: Unit) -> Rows:
    """Rows of every file about the cells, and of the infusions (EX) that they were given with; all but those of EX say `simulated`."""
    used: Rows = {"EX": []}
    for use in uses:
        for code, row in _thawed(use, unit).items():
            used.setdefault(code, []).append(row)
    made = _Making(lots, unit, uses).rows
    found = {code: [*made.get(code, []), *used.get(code, [])] for code in dict.fromkeys((*made, *used))}
    return {code: own if code == "EX" else [row | {"ORIGIN": "simulated"} for row in own] for code, own in found.items()}


def consent(usubjid: str, day: str, comment: str) -> Row:
    """A dated consent: without it no start could be judged."""
    said = {"USUBJID": usubjid, "DSTERM": "Signed informed consent", "DSDECOD": "INFORMED CONSENT OBTAINED"}
    return said | {"DSCAT": "PROTOCOL MILESTONE", "DSSTDTC": day, "COMMENT": comment, "ORIGIN": "simulated"}


def stamp(moment: datetime) -> str:
    """A UTC instant as it is recorded."""
    return moment.strftime("%Y-%m-%dT%H:%MZ")


def utc(local: datetime) -> str:
    """An instant from the clock of Wuhan."""
    return stamp(local - timedelta(hours=8))


def check_character(din: str) -> str:
    """Check character of a donation number: ISO 7064 modulus 37, radix 2."""
    total = 0
    for letter in din:
        total = (total + _ALPHABET.index(letter)) * 2 % 37
    return _ALPHABET[(38 - total) % 37]


def _thawed(use: Use, unit: Unit) -> dict[str, Row]:
    """The container of a use: its material, thaw, count and order, and where it was infused the hand-over and the infusion."""
    name, viable = use.name, unit.thawed * (88 + use.number * 7 % 6) // 100
    thawed, amount = utc(use.start - timedelta(minutes=60)), {"CELLS": str(unit.thawed), "VIABLE": str(viable), "VOL": str(UNIT_ML)}
    given = {"EX": _infusion(use)} if use.infused else {}
    rows = {
        "MATERIAL": _container(use, amount),
        "TRANSFORM": _act(f"THAW-{name}", "thaw", thawed, "Operator 2", unit.frozen - unit.thawed),
        "INPUT": {"TRFID": f"THAW-{name}", "MATID": use.frozen, "CELLS": str(unit.frozen), "VOL": str(UNIT_ML)},
        "OUTPUT": {"TRFID": f"THAW-{name}", "MATID": use.container} | amount,
        "TESTRESULT": _count(use, 100 * viable / unit.thawed),
        "ORDER": _order(use, -(-use.target * UNIT_ML * 1000 // viable)),  # whole microlitres, rounded up
    }
    return given | rows | ({"CUSTODY": _hand_over(use)} if use.infused else {})


def _infusion(use: Use) -> Row:
    """The infusion as recorded, with everything that the container adds to it."""
    given = 980 + use.number * 3 % 20  # tenths of a mL
    subject, minutes = use.row["USUBJID"], 25 + 5 * use.interrupted
    return (
        use.row
        | {"EXREFID": use.name, "EXLOT": use.lot, "EXCONT": use.container, "EXORD": f"ORD-{use.name}", "EXWRIST": subject}
        | {"EXSCAN": use.container, "EXSTDTC": _local(use.start), "EXENDTC": _local(use.start + timedelta(minutes=minutes))}
        | {"EXTHDTC": _local(use.start - timedelta(minutes=60)), "EXTRTV": use.diluent, "EXVAMT": f"{PREPARED_ML}", "EXVAMTU": "mL"}
        | {"EXVGIVEN": _tenths(given), "EXVREST": _tenths(PREPARED_ML * 10 - given), "EXCHK1": "Nurse 1", "EXCHK2": "Nurse 2"}
        | {"EXINTRP": "Y" if use.interrupted else "N", "EXINTMIN": "5" if use.interrupted else "", "EXLINE": "Set of the ward"}
        | {"EXFILTER": "200 um", "EXFLUSH": "20", "EXHIST": ""}
        | {"COMMENT": f"{use.row['COMMENT']}. Everything but date, dose and route is simulated", "ORIGIN": "simulated"}
    )


def _container(use: Use, amount: Row) -> Row:
    code, printed = f"Z999920{use.din:06d}", "2" if use.infused else ""
    ids = {"MATID": use.container, "USUBJID": use.row["USUBJID"], "MATKIND": "container", "LOTID": use.lot}
    held = {"MATCODE": code + check_character(code), "VEHICLE": _VEHICLE, "DMSOPCT": _DMSO_PCT} | amount
    labels = {"LBLPRN": printed, "LBLAPL": printed, "LBLDST": "0" if use.infused else ""}
    return ids | held | {"MATSTAT": "consumed" if use.infused else "available"} | labels


def _count(use: Use, percent: float) -> Row:
    """Viability of the thawed container."""
    what = {"TRSID": f"VIAB-{use.name}", "TRGTYPE": "material", "TRGID": use.container, "TSTCD": "Viability", "METHOD": "Trypan blue"}
    when = {"SMPDTC": utc(use.start - timedelta(minutes=40)), "RESDTC": utc(use.start - timedelta(minutes=30))}
    found = {"ORRES": f"{percent:.1f}", "ORRESU": "%", "EVENTS": "200", "MINTHAW": "20", "RESBY": "Analyst 1", "REVBY": "Analyst 2"}
    return (
        what | {"STAGE": "before administration"} | when | found | {"REVDTC": utc(use.start - timedelta(minutes=25)), "RESSTAT": "reviewed"}
    )


def _order(use: Use, drawn: int) -> Row:
    """The order of a use; drawn: microlitres."""
    return (
        {"ORDID": f"ORD-{use.name}", "VISIT": use.row["VISIT"]}
        | use.asked
        | use.weighed
        | {"VOL": _thousandths(drawn), "DILUENT": use.diluent, "DILVOL": _thousandths(PREPARED_ML * 1000 - drawn), "MAXRATE": "5"}
        | {"ORDBY": "Physician 1", "WINFROM": utc(use.start - timedelta(hours=10)), "WINTO": utc(use.start + timedelta(hours=10))}
        | {"VERBY": "Pharmacist 1", "ORDDTC": utc(use.start - timedelta(hours=20)), "ORDSTAT": "given" if use.infused else "verified"}
        | {"MATID": use.container, "USUBJID": use.row["USUBJID"]}
    )


def _hand_over(use: Use) -> Row:
    moved = {"CSTID": f"CST-{use.name}", "MATID": use.container, "FROMLOC": "Cell laboratory", "TOLOC": "Ward"}
    people = {"GIVENBY": "Operator 2", "RCVDBY": "Nurse 1", "CSTDTC": utc(use.start - timedelta(minutes=20))}
    cold = {"TMPMIN": _tenths(38 + use.number % 5), "TMPMAX": _tenths(52 + use.number % 7)}
    return moved | people | cold | {"SEAL": f"S-{use.number + 1}"}


class _Making:
    """From the cord to the frozen units of all lots; rows: of every file, in the order of the work."""

    def __init__(self, lots: Sequence[Lot], unit: Unit, uses: Sequence[Use]) -> None:
        self.unit = unit
        self.used = {"MCB-1", *(f"WCB-{number}" for number in range(1, len(lots) + 1)), *(use.frozen for use in uses)}
        self.rows: Rows = {"DONOR": [_donor()], "MATERIAL": [{"MATID": "CORD-1", "MATKIND": "donation", "DNRID": "SIM-D1"}]}
        self.rows |= {"TRANSFORM": [], "INPUT": [], "OUTPUT": [], "LOT": [], "RELEASE": [], "TESTRESULT": list(_donor_tests())}
        self._banks()
        for number, lot in enumerate(lots, 1):
            units = [use.frozen for use in uses if use.lot == lot.name]
            self._lot(lot, number, [*units, *(f"{lot.name}-S{place + 1}" for place in range(lot.spare))])
        self._release_banks()

    def _banks(self) -> None:
        self._step("EXP-1", "explant", "2019-06-14T02:00Z", {"CORD-1": 0}, {"P0-1": 6_000_000})
        self._step("PAS-1", "passage", "2019-06-18T02:00Z", {"P0-1": 6_000_000}, {"P1-1": 48_000_000}, hours=96)
        self._step("PAS-2", "passage", "2019-06-22T02:00Z", {"P1-1": 12_000_000}, {"P2-1": 96_000_000}, hours=96)
        self._step("FRZ-1", "freeze", "2019-06-22T06:00Z", {"P2-1": 95_000_000}, dict.fromkeys(("MCB-1", "MCB-2", "MCB-3"), 30_000_000))
        self._step("THW-1", "thaw", "2019-09-02T02:00Z", {"MCB-1": 30_000_000}, {"P2-2": 27_000_000})
        self._step("PAS-3", "passage", "2019-09-06T02:00Z", {"P2-2": 27_000_000}, {"P3-1": 216_000_000}, hours=96)
        self._step("FRZ-2", "freeze", "2019-09-06T06:00Z", {"P3-1": 216_000_000}, dict.fromkeys(("WCB-1", "WCB-2"), 100_000_000))

    def _lot(self, lot: Lot, number: int, units: list[str]) -> None:
        """One lot: a vial of the working bank, two passages, frozen units, tests, decision."""
        name, day = lot.name, datetime(2020, 1, 4 + 7 * number, tzinfo=UTC)
        times = [stamp(day + timedelta(days=days, hours=2)) for days in (-8, -4, 0)]
        self._step(f"THW-L{number}", "thaw", times[0], {f"WCB-{number}": 100_000_000}, {f"P3-L{number}": 90_000_000})
        self._step(f"PAS-L{number}4", "passage", times[1], {f"P3-L{number}": 90_000_000}, {f"P4-L{number}": 720_000_000}, hours=96)
        self._step(f"PAS-L{number}5", "passage", times[2], {f"P4-L{number}": 150_000_000}, {f"P5-L{number}": 600_000_000}, hours=96)
        made = dict.fromkeys(units, self.unit.frozen)
        taken = {f"P5-L{number}": sum(made.values()) + 20_000_000}
        self._step(f"FRZ-L{number}", "freeze", stamp(day + timedelta(hours=6)), taken, made, lot=name)
        self.rows["LOT"].append({"LOTID": name, "LOTLEVEL": "product", "SPECID": "SIM-SPEC", "SPECVER": "1", "MAKER": "Invented maker"})
        tested = stamp(day + timedelta(days=2, hours=4))
        self.rows["TESTRESULT"] += [_result(name, *test, tested, value, unit) for *test, value, unit in _tests(number)]
        self.rows["RELEASE"].append(_release(name, stamp(day + timedelta(days=9, hours=1)), "conditional", lot.outstanding))
        if lot.late:
            late = ("Sterility", "Culture, 14 days", "before administration", lot.late)
            self.rows["TESTRESULT"].append(_result(name, *late, "negative", ""))

    def _release_banks(self) -> None:
        for lot, level, day in (("SIM-MCB", "master bank", "2019-07-10"), ("SIM-WCB", "working bank", "2019-09-24")):
            self.rows["LOT"].append({"LOTID": lot, "LOTLEVEL": level, "MAKER": "Invented maker"})
            self.rows["TESTRESULT"].append(_result(lot, "Sterility", "Culture", "bank", f"{day}T02:00Z", "negative", ""))
            self.rows["RELEASE"].append(_release(lot, f"{day}T08:00Z", "released", ""))
        for row in self.rows["MATERIAL"]:
            row |= {"MCB": {"LOTID": "SIM-MCB"}, "WCB": {"LOTID": "SIM-WCB"}}.get(row["MATID"][:3], {})

    def _step(
        self, name: str, kind: str, when: str, taken: dict[str, int], made: dict[str, int], *, hours: int | None = None, lot: str = ""
    ) -> None:
        """One transform with what it took and what it made; the difference of freezing and thawing is its loss."""
        loss = sum(taken.values()) - sum(made.values()) if kind in ("freeze", "thaw") else None
        self.rows["TRANSFORM"].append(_act(name, kind, when, "Operator 1", loss, hours))
        for matid, cells in taken.items():
            self.rows["INPUT"].append({"TRFID": name, "MATID": matid, "CELLS": str(cells or "")})
        for place, (matid, cells) in enumerate(made.items(), 1):
            viable = self.unit.viable if lot else cells * 96 // 100
            amount = {"CELLS": str(cells), "VIABLE": str(viable)} | ({"VOL": str(UNIT_ML)} if lot else {})
            self.rows["OUTPUT"].append({"TRFID": name, "MATID": matid} | amount)
            self.rows["MATERIAL"].append({"MATID": matid} | amount | self._kind(matid, kind, lot, place))

    def _kind(self, matid: str, kind: str, lot: str, place: int) -> Row:
        """What a transform made: a culture, a bank vial, or a frozen unit of a lot."""
        if kind != "freeze":
            return {"MATKIND": "culture"}
        frozen = {"VEHICLE": _VEHICLE, "DMSOPCT": _DMSO_PCT} if lot else {"VEHICLE": "FBS with DMSO", "DMSOPCT": "10"}
        sort = {"MATKIND": "container", "LOTID": lot} if lot else {"MATKIND": "bank vial"}
        until = "2022-01-01T00:00Z" if lot else "2024-06-01T00:00Z"
        state = "consumed" if matid in self.used else "available"
        return sort | frozen | {"STORPOS": f"N2/{lot or matid[:3]}/{place}", "EXPDTC": until, "MATSTAT": state}


def _tests(number: int) -> Iterator[tuple[str, str, str, str, str]]:
    """Test, method, stage, result and unit of one lot."""
    markers = {"CD73": 99.1, "CD90": 98.7, "CD105": 97.4, "CD11b": 0.3, "CD19": 0.2, "CD34": 0.5, "CD45": 0.4, "HLA-DR": 1.3}
    yield "Fibroblast-like morphology and plate attachment", "Microscopy", "frozen product", "conforms", ""
    for marker, percent in markers.items():
        yield marker, "Flow cytometry", "frozen product", f"{percent + number / 10:.1f}", "%"
    yield "Viability", "Trypan blue", "frozen product", f"{93 + number / 2:.1f}", "%"
    yield "Viability", "7-AAD/Annexin V by flow cytometry", "frozen product", f"{90 + number / 2:.1f}", "%"
    yield "Endotoxin", "Gel clot", "frozen product", "<0.25", "EU/mL"
    yield "Mycoplasma", "PCR", "frozen product", "negative", ""


def _act(name: str, kind: str, when: str, who: str, loss: int | None, hours: int | None = None) -> Row:
    sop = {"TRFID": name, "TRFKIND": kind, "TRFDTC": when, "TRFHRS": str(hours or ""), "TRFBY": who, "WITNESS": "Operator 3"}
    water = {"EQUIP": "water bath 37 C=SIM-7"} if kind == "thaw" else {}
    lost = {"LOSSCELL": "" if loss is None else str(loss), "TZ": "Asia/Shanghai"}
    return sop | water | {"SOP": f"SIM-SOP-{kind.upper()}", "SOPVER": "1"} | lost


def _donor() -> Row:
    history = {"DNRID": "SIM-D1", "DNRSRC": "infant", "SEX": "M", "GESTWK": "39", "GESTDY": "1", "DELMODE": "vaginal", "ASKED": "mother"}
    asked = {"DELDTC": "2019-06-03T01:00Z", "HXDTC": "2019-05-20T02:00Z", "HXRES": "no risk", "CNSNTBY": "both parents"}
    agreed = {"CNSDTC": "2019-05-20T03:00Z", "CNSVER": "1", "CNSSCOPE": "cell therapy", "ELIG": "eligible"}
    return history | asked | agreed | {"ELIGBY": "Physician 2", "ELIGDTC": "2019-07-08T02:00Z"}


def _donor_tests() -> Iterator[Row]:
    for number, test in enumerate(("HIV", "HBV", "HCV", "Syphilis", "HTLV", "CMV"), 1):
        row = _result("SIM-D1", test, "Serology and NAT", "", "2019-06-10T02:00Z", "negative", "")
        yield row | {"TRSID": f"DNR-{number}", "TRGTYPE": "donor", "PERSON": "mother", "SMPDTC": "2019-06-03T02:00Z"}


def _result(lot: str, test: str, method: str, stage: str, when: str, value: str, unit: str) -> Row:
    """A reviewed result of a lot."""
    words = {"TRSID": f"{lot}-{test}-{method}-{stage}".replace(" ", "_"), "TRGTYPE": "lot", "TRGID": lot, "TSTCD": test, "METHOD": method}
    said = {"STAGE": stage, "RESDTC": when, "ORRES": value, "ORRESU": unit, "EVENTS": "20000" if method == "Flow cytometry" else ""}
    return words | said | {"RESBY": "Analyst 1", "REVBY": "Analyst 2", "REVDTC": when, "RESSTAT": "reviewed"}


def _release(lot: str, when: str, verdict: str, outstanding: str) -> Row:
    decided = {"RELID": f"REL-{lot}", "LOTID": lot, "SPECVER": "1", "VERDICT": verdict, "OUTSTND": outstanding}
    return decided | {"QABY": "Quality 1", "SECBY": "Quality 2", "RELDTC": when}


def _tenths(value: int) -> str:
    return f"{value // 10}.{value % 10}"


def _thousandths(value: int) -> str:
    return f"{value // 1000}.{value % 1000:03d}"


def _local(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")

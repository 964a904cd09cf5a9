"""The invented product of `studies/renmin-2020-simulated`: one donor, two banks, two lots, a container an infusion.

The report names neither lot, container, count, order nor release. Everything here is made up so that a complete example stands
beside the published record: it tells nothing of the cells that were given. Dates of the infusions and the dose are the published ones.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

Row = dict[str, str]
Rows = dict[str, list[Row]]

STUDY = "renmin-2020-simulated"
DOSE = 30_000_000
LOT_OF = {"2": "SIM-L1", "3": "SIM-L1", "5": "SIM-L1", "1": "SIM-L2", "4": "SIM-L2"}
SPARE = {"SIM-L1": 1, "SIM-L2": 3}
FROZEN_CELLS, FROZEN_VIABLE, UNIT_ML = 40_000_000, 37_600_000, 10
THAWED_CELLS = 39_000_000
PREPARED_ML = 100
WEIGHTS = {"1": "71", "2": "64", "3": "78", "4": "69", "5": "82"}
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_STERILITY = "Sterility=2020-02-23", "Sterility=2020-02-29"


def product_rows(infusions: list[Row]) -> Rows:
    """Rows of every file about the cells, and the infusions (EX) that they were given with; infusions: as published."""
    units = [unit for number, row in enumerate(infusions) for unit in _given(number, row)]
    rows: Rows = {"EX": [unit.pop("EX") for unit in units]}  # type: ignore[misc]
    for unit in units:
        for code, row in unit.items():
            rows.setdefault(code, []).append(row)  # type: ignore[arg-type]
    made = _made(_frozen_units(rows["EX"]))
    found = {code: [*made.get(code, []), *rows.get(code, [])] for code in dict.fromkeys((*made, *rows))}
    found["DS"] = [_consent(case) for case in sorted(LOT_OF)]
    return {code: own if code == "EX" else [row | {"ORIGIN": "simulated"} for row in own] for code, own in found.items()}


def check_character(din: str) -> str:
    """Check character of a donation number: ISO 7064 modulus 37, radix 2."""
    total = 0
    for letter in din:
        total = (total + _ALPHABET.index(letter)) * 2 % 37
    return _ALPHABET[(38 - total) % 37]


def _given(number: int, row: Row) -> Iterator[dict[str, Row]]:
    """One infusion with the container thawed for it: its row of EX, material, thaw, count, order and hand-over."""
    case, visit = row["USUBJID"].rpartition("-")[2], row["VISIT"]
    lot, name = LOT_OF[case], f"{case}-{visit}"
    frozen, matid = f"{lot}-{name}", f"{lot}-{name}-T"
    percent = 88 + number * 7 % 6
    viable = THAWED_CELLS * percent // 100
    drawn = -(-DOSE * UNIT_ML * 1000 // viable)  # whole microlitres, rounded up
    start = datetime.fromisoformat(row["EXSTDTC"]) + timedelta(hours=10, minutes=30)
    given = 980 + number * 3 % 20  # tenths of a mL
    thawed = start - timedelta(minutes=60)
    code = f"Z999920{number + 1:06d}"
    interrupted = number == 4
    minutes = 25 + 5 * interrupted
    ids = {"MATID": matid, "USUBJID": row["USUBJID"]}
    yield {
        "EX": row
        | {"EXREFID": name, "EXLOT": lot, "EXCONT": matid, "EXORD": f"ORD-{name}", "EXWRIST": row["USUBJID"], "EXSCAN": matid}
        | {"EXSTDTC": _local(start), "EXENDTC": _local(start + timedelta(minutes=minutes)), "EXTHDTC": _local(thawed)}
        | {"EXTRTV": "Saline", "EXVAMT": f"{PREPARED_ML}", "EXVAMTU": "mL", "EXVGIVEN": _tenths(given)}
        | {"EXVREST": _tenths(PREPARED_ML * 10 - given), "EXCHK1": "Nurse 1", "EXCHK2": "Nurse 2", "EXINTRP": "Y" if interrupted else "N"}
        | {"EXINTMIN": "5" if interrupted else "", "EXLINE": "Set of the ward", "EXFILTER": "200 um", "EXFLUSH": "20", "EXHIST": ""}
        | {"COMMENT": f"{row['COMMENT']}. Everything but date, dose and route is simulated", "ORIGIN": "simulated"},
        "MATERIAL": ids
        | {"MATKIND": "container", "LOTID": lot, "MATCODE": code + check_character(code), "VEHICLE": "Saline, albumin, DMSO"}
        | {"DMSOPCT": "5", "CELLS": str(THAWED_CELLS), "VIABLE": str(viable), "VOL": str(UNIT_ML), "MATSTAT": "consumed"}
        | {"LBLPRN": "2", "LBLAPL": "2", "LBLDST": "0"},
        "TRANSFORM": _act(f"THAW-{name}", "thaw", _utc(thawed), "Operator 2", FROZEN_CELLS - THAWED_CELLS),
        "INPUT": {"TRFID": f"THAW-{name}", "MATID": frozen, "CELLS": str(FROZEN_CELLS), "VOL": str(UNIT_ML)},
        "OUTPUT": {"TRFID": f"THAW-{name}", "MATID": matid, "CELLS": str(THAWED_CELLS), "VIABLE": str(viable), "VOL": str(UNIT_ML)},
        "TESTRESULT": {"TRSID": f"VIAB-{name}", "TRGTYPE": "material", "TRGID": matid, "TSTCD": "Viability", "METHOD": "Trypan blue"}
        | {"STAGE": "before administration", "SMPDTC": _utc(start - timedelta(minutes=40)), "RESDTC": _utc(start - timedelta(minutes=30))}
        | {"ORRES": f"{100 * viable / THAWED_CELLS:.1f}", "ORRESU": "%", "EVENTS": "200", "MINTHAW": "20", "RESBY": "Analyst 1"}
        | {"REVBY": "Analyst 2", "REVDTC": _utc(start - timedelta(minutes=25)), "RESSTAT": "reviewed"},
        "ORDER": {"ORDID": f"ORD-{name}", "VISIT": visit, "RULE": "flat", "CNTBASIS": "not stated", "TARGET": str(DOSE), "TOLPCT": "10"}
        | {"WEIGHT": WEIGHTS[case], "WTKIND": "actual", "WTDTC": _utc(start - timedelta(hours=24)), "VOL": _thousandths(drawn)}
        | {"DILUENT": "Saline", "DILVOL": _thousandths(PREPARED_ML * 1000 - drawn), "MAXRATE": "5", "ORDBY": "Physician 1"}
        | {"WINFROM": _utc(start - timedelta(hours=10)), "WINTO": _utc(start + timedelta(hours=10)), "VERBY": "Pharmacist 1"}
        | {"ORDDTC": _utc(start - timedelta(hours=20)), "ORDSTAT": "given"} | ids,
        "CUSTODY": {"CSTID": f"CST-{name}", "MATID": matid, "FROMLOC": "Cell laboratory", "TOLOC": "Ward", "GIVENBY": "Operator 2"}
        | {"RCVDBY": "Nurse 1", "CSTDTC": _utc(start - timedelta(minutes=20)), "TMPMIN": _tenths(38 + number % 5)}
        | {"TMPMAX": _tenths(52 + number % 7), "SEAL": f"S-{number + 1}"},
    }  # fmt: skip


def _frozen_units(infusions: list[Row]) -> dict[str, list[str]]:
    """Frozen units of each lot: those thawed for an infusion, then the spare ones."""
    used = {lot: [row["EXCONT"].removesuffix("-T") for row in infusions if row["EXLOT"] == lot] for lot in SPARE}
    return {lot: [*own, *(f"{lot}-S{number + 1}" for number in range(SPARE[lot]))] for lot, own in used.items()}


def _made(units: dict[str, list[str]]) -> Rows:
    """From the cord to the frozen units of both lots."""
    rows: Rows = {"DONOR": [_donor()], "MATERIAL": [{"MATID": "CORD-1", "MATKIND": "donation", "DNRID": "SIM-D1"}]}
    rows |= {"TRANSFORM": [], "INPUT": [], "OUTPUT": [], "LOT": [], "RELEASE": [], "TESTRESULT": list(_donor_tests())}
    _step(rows, "EXP-1", "explant", "2019-06-14T02:00Z", {"CORD-1": 0}, {"P0-1": 6_000_000})
    _step(rows, "PAS-1", "passage", "2019-06-18T02:00Z", {"P0-1": 6_000_000}, {"P1-1": 48_000_000}, hours=96)
    _step(rows, "PAS-2", "passage", "2019-06-22T02:00Z", {"P1-1": 12_000_000}, {"P2-1": 96_000_000}, hours=96)
    _step(rows, "FRZ-1", "freeze", "2019-06-22T06:00Z", {"P2-1": 95_000_000}, dict.fromkeys(("MCB-1", "MCB-2", "MCB-3"), 30_000_000))
    _step(rows, "THW-1", "thaw", "2019-09-02T02:00Z", {"MCB-1": 30_000_000}, {"P2-2": 27_000_000})
    _step(rows, "PAS-3", "passage", "2019-09-06T02:00Z", {"P2-2": 27_000_000}, {"P3-1": 216_000_000}, hours=96)
    _step(rows, "FRZ-2", "freeze", "2019-09-06T06:00Z", {"P3-1": 216_000_000}, dict.fromkeys(("WCB-1", "WCB-2"), 100_000_000))
    for number, (lot, own) in enumerate(units.items(), 1):
        _lot(rows, lot, f"WCB-{number}", number, own)
    for lot, level, day in (("SIM-MCB", "master bank", "2019-07-10"), ("SIM-WCB", "working bank", "2019-09-24")):
        rows["LOT"].append({"LOTID": lot, "LOTLEVEL": level, "MAKER": "Invented maker"})
        rows["TESTRESULT"].append(_result(lot, "Sterility", "Culture", "bank", f"{day}T02:00Z", "negative", ""))
        rows["RELEASE"].append(_release(lot, f"{day}T08:00Z", "released", ""))
    for row in rows["MATERIAL"]:
        row |= {"MCB": {"LOTID": "SIM-MCB"}, "WCB": {"LOTID": "SIM-WCB"}}.get(row["MATID"][:3], {})
    return rows


def _lot(rows: Rows, lot: str, vial: str, number: int, units: list[str]) -> None:
    """One lot: a vial of the working bank, two passages, frozen units, tests, decision."""
    day = datetime(2020, 1, 4 + 7 * number, tzinfo=UTC)
    times = [_stamp(day + timedelta(days=days, hours=2)) for days in (-8, -4, 0)]
    _step(rows, f"THW-L{number}", "thaw", times[0], {vial: 100_000_000}, {f"P3-L{number}": 90_000_000})
    _step(rows, f"PAS-L{number}4", "passage", times[1], {f"P3-L{number}": 90_000_000}, {f"P4-L{number}": 720_000_000}, hours=96)
    _step(rows, f"PAS-L{number}5", "passage", times[2], {f"P4-L{number}": 150_000_000}, {f"P5-L{number}": 600_000_000}, hours=96)
    cells = FROZEN_CELLS * len(units)
    made = dict.fromkeys(units, FROZEN_CELLS)
    _step(rows, f"FRZ-L{number}", "freeze", _stamp(day + timedelta(hours=6)), {f"P5-L{number}": cells + 20_000_000}, made, lot=lot)
    rows["LOT"].append({"LOTID": lot, "LOTLEVEL": "product", "SPECID": "SIM-SPEC", "SPECVER": "1", "MAKER": "Invented maker"})
    tested = _stamp(day + timedelta(days=2, hours=4))
    rows["TESTRESULT"] += [_result(lot, *test, tested, value, unit) for *test, value, unit in _tests(number)]
    rows["RELEASE"].append(_release(lot, _stamp(day + timedelta(days=9, hours=1)), "conditional", _STERILITY[number - 1]))
    if number == 1:
        late = ("Sterility", "Culture, 14 days", "before administration", "2020-02-23T02:00Z")
        rows["TESTRESULT"].append(_result(lot, *late, "negative", ""))


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


def _step(
    rows: Rows, name: str, kind: str, when: str, taken: dict[str, int], made: dict[str, int], *, hours: int | None = None, lot: str = ""
) -> None:
    """One transform with what it took and what it made; the difference of freezing and thawing is its loss."""
    loss = sum(taken.values()) - sum(made.values()) if kind in ("freeze", "thaw") else None
    rows["TRANSFORM"].append(_act(name, kind, when, "Operator 1", loss, hours))
    for matid, cells in taken.items():
        rows["INPUT"].append({"TRFID": name, "MATID": matid, "CELLS": str(cells or "")})
    for place, (matid, cells) in enumerate(made.items(), 1):
        viable = FROZEN_VIABLE if lot else cells * 96 // 100
        amount = {"CELLS": str(cells), "VIABLE": str(viable)} | ({"VOL": str(UNIT_ML)} if lot else {})
        rows["OUTPUT"].append({"TRFID": name, "MATID": matid} | amount)
        rows["MATERIAL"].append({"MATID": matid} | amount | _kind(matid, kind, lot, place))


def _kind(matid: str, kind: str, lot: str, place: int) -> Row:
    """What a transform made: a culture, a bank vial, or a frozen unit of a lot."""
    if kind != "freeze":
        return {"MATKIND": "culture"}
    frozen = {"VEHICLE": "Saline, albumin, DMSO", "DMSOPCT": "5"} if lot else {"VEHICLE": "FBS with DMSO", "DMSOPCT": "10"}
    used = lot and "-S" not in matid or matid in ("MCB-1", "WCB-1", "WCB-2")
    shelf = lot or matid[:3]
    sort = {"MATKIND": "container", "LOTID": lot} if lot else {"MATKIND": "bank vial"}
    until = "2022-01-01T00:00Z" if lot else "2024-06-01T00:00Z"
    position = {"STORPOS": f"N2/{shelf}/{place}", "EXPDTC": until, "MATSTAT": "consumed" if used else "available"}
    return sort | frozen | position


def _act(name: str, kind: str, when: str, who: str, loss: int | None, hours: int | None = None) -> Row:
    sop = {"TRFID": name, "TRFKIND": kind, "TRFDTC": when, "TRFHRS": str(hours or ""), "TRFBY": who, "WITNESS": "Operator 3"}
    water = {"EQUIP": "water bath 37 C=SIM-7"} if kind == "thaw" else {}
    lost = {"LOSSCELL": "" if loss is None else str(loss), "TZ": "Asia/Shanghai"}
    return sop | water | {"SOP": f"SIM-SOP-{kind.upper()}", "SOPVER": "1"} | lost


def _donor() -> Row:
    history = {"DNRID": "SIM-D1", "DNRSRC": "infant", "SEX": "M", "GESTWK": "39", "GESTDY": "1", "DELMODE": "vaginal", "ASKED": "mother"}
    asked = {"DELDTC": "2019-06-03T01:00Z", "HXDTC": "2019-05-20T02:00Z", "HXRES": "no risk", "CNSNTBY": "both parents"}
    consent = {"CNSDTC": "2019-05-20T03:00Z", "CNSVER": "1", "CNSSCOPE": "cell therapy", "ELIG": "eligible"}
    return history | asked | consent | {"ELIGBY": "Physician 2", "ELIGDTC": "2019-07-08T02:00Z"}


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


def _consent(case: str) -> Row:
    """A dated consent beside the published one, which has no date: without it no start could be judged."""
    said = {"USUBJID": f"{STUDY}-{case}", "DSTERM": "Signed informed consent", "DSDECOD": "INFORMED CONSENT OBTAINED"}
    return said | {"DSCAT": "PROTOCOL MILESTONE", "DSSTDTC": "2020-02-08", "COMMENT": "The date is simulated"}


def _tenths(value: int) -> str:
    return f"{value // 10}.{value % 10}"


def _thousandths(value: int) -> str:
    return f"{value // 1000}.{value % 1000:03d}"


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%MZ")


def _utc(local: datetime) -> str:
    """An instant from the clock of Wuhan."""
    return _stamp(local - timedelta(hours=8))


def _local(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")

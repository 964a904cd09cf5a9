"""The invented product of `studies/taikang-2020-simulated`: one donor, two banks, one lot, four thawed containers and a spare unit.

The report names 10^6 cells per kg in 100 mL of normal saline and nothing else of its cells. Everything here is made up: it tells
nothing of the cells that were given. Three rebuilt infusions of one patient come from the lot; all others stay historical, with no
lot known. A fourth container waits for an infusion that is not in the record, so that `cordside dose` has something to work out.
"""

from decimal import Decimal

from simulated_product import Lot, Row, Rows, Unit, Use, consent, product_rows

STUDY = "taikang-2020-simulated"
LOT = "SIM-T1"
PER_KG = 1_000_000
GIVEN = f"{STUDY}-26"
WAITING = {"USUBJID": f"{STUDY}-23", "VISIT": "INFUSION3", "EXSTDTC": "2020-04-01"}
UNIT = Unit(frozen=100_000_000, viable=94_000_000, thawed=97_500_000)
LOTS = (Lot(name=LOT, spare=1, outstanding="Sterility=2020-04-02", late="2020-04-02T02:00Z"),)
_FIRST_DIN = 101


def taikang_rows(infusions: list[Row], weights: dict[str, str]) -> Rows:
    """Rows of every file about the cells, and of the infusions; infusions: as rebuilt; weights: kg by subject, as rebuilt."""
    own = [row for row in infusions if row["USUBJID"] == GIVEN]
    planned = [*own, WAITING]
    uses = [_use(number, row, weights[row["USUBJID"]], infused=row is not WAITING) for number, row in enumerate(planned)]
    rows = product_rows(uses, LOTS, UNIT)
    linked = dict(zip(map(id, own), rows["EX"], strict=True))
    consents = [_consent(subject, infusions) for subject in dict.fromkeys(row["USUBJID"] for row in infusions)]
    return rows | {"EX": [linked.get(id(row), row) for row in infusions], "DS": consents}


def _use(number: int, row: Row, weight: str, *, infused: bool) -> Use:
    """The container of one infusion by weight; the day of the weight is not known."""
    target = int(PER_KG * Decimal(weight))
    return Use(
        number=number,
        din=_FIRST_DIN + number,
        row=row,
        lot=LOT,
        target=target,
        asked={"RULE": "per_kg", "PERKG": str(PER_KG), "CNTBASIS": "not stated", "TARGET": str(target), "TOLPCT": "10"},
        weighed={"WEIGHT": weight, "WTKIND": "actual"},
        diluent="normal saline",
        infused=infused,
    )


def _consent(subject: str, infusions: list[Row]) -> Row:
    """Consent on the day of the first infusion, before it."""
    first = min(row["EXSTDTC"] for row in infusions if row["USUBJID"] == subject)
    return consent(subject, first, "Simulated: the paper prints no consent")

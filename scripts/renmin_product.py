"""The invented product of `studies/renmin-2020-simulated`: one donor, two banks, two lots, a container an infusion.

The report names neither lot, container, count, order nor release. Everything here is made up so that a complete example stands
beside the published record: it tells nothing of the cells that were given. Dates of the infusions and the dose are the published ones.
"""

from datetime import datetime, timedelta

from simulated_product import Lot, Row, Rows, Unit, Use, consent, product_rows, utc

STUDY = "renmin-2020-simulated"
DOSE = 30_000_000
UNIT = Unit(frozen=40_000_000, viable=37_600_000, thawed=39_000_000)
LOTS = (
    Lot(name="SIM-L1", spare=1, outstanding="Sterility=2020-02-23", late="2020-02-23T02:00Z"),
    Lot(name="SIM-L2", spare=3, outstanding="Sterility=2020-02-29"),
)
LOT_OF = {"2": "SIM-L1", "3": "SIM-L1", "5": "SIM-L1", "1": "SIM-L2", "4": "SIM-L2"}
WEIGHTS = {"1": "71", "2": "64", "3": "78", "4": "69", "5": "82"}
_INTERRUPTED = 4


def renmin_rows(infusions: list[Row]) -> Rows:
    """Rows of every file about the cells, and the infusions (EX) that they were given with; infusions: as published."""
    uses = [_use(number, row) for number, row in enumerate(infusions)]
    consents = [consent(f"{STUDY}-{case}", "2020-02-08", "The date is simulated") for case in sorted(LOT_OF)]
    return product_rows(uses, LOTS, UNIT) | {"DS": consents}


def _use(number: int, row: Row) -> Use:
    """The container of one published infusion."""
    case = row["USUBJID"].rpartition("-")[2]
    start = datetime.fromisoformat(row["EXSTDTC"]) + timedelta(hours=10, minutes=30)
    return Use(
        number=number,
        din=number + 1,
        row=row,
        lot=LOT_OF[case],
        target=DOSE,
        asked={"RULE": "flat", "CNTBASIS": "not stated", "TARGET": str(DOSE), "TOLPCT": "10"},
        weighed={"WEIGHT": WEIGHTS[case], "WTKIND": "actual", "WTDTC": utc(start - timedelta(hours=24))},
        interrupted=number == _INTERRUPTED,
    )

"""Every domain: importing this file fills DOMAINS. A new domain is one new file and one name here."""

from cordside.domains.ae import AE
from cordside.domains.ce import CE
from cordside.domains.cm import CM
from cordside.domains.cp import CP
from cordside.domains.custody import CUSTODY
from cordside.domains.dd import DD
from cordside.domains.dm import DM
from cordside.domains.domain import DOMAINS, Domain
from cordside.domains.donor import DONOR
from cordside.domains.ds import DS
from cordside.domains.dv import DV
from cordside.domains.eg import EG
from cordside.domains.ex import EX
from cordside.domains.fa import FA
from cordside.domains.ft import FT
from cordside.domains.ho import HO
from cordside.domains.hold import HOLD
from cordside.domains.ie import IE
from cordside.domains.input import INPUT
from cordside.domains.is_ import IS
from cordside.domains.lb import LB
from cordside.domains.lot import LOT
from cordside.domains.material import MATERIAL
from cordside.domains.mb import MB
from cordside.domains.mh import MH
from cordside.domains.order import ORDER
from cordside.domains.output import OUTPUT
from cordside.domains.pr import PR
from cordside.domains.qs import QS
from cordside.domains.re import RE
from cordside.domains.release import RELEASE
from cordside.domains.rs import RS
from cordside.domains.sv import SV
from cordside.domains.testresult import TESTRESULT
from cordside.domains.transform import TRANSFORM
from cordside.domains.vs import VS

__all__ = ["ALL", "DOMAINS", "PRODUCT", "domain_of"]

PRODUCT: tuple[type[Domain], ...] = (DONOR, MATERIAL, TRANSFORM, INPUT, OUTPUT, LOT, TESTRESULT, RELEASE, ORDER, CUSTODY, HOLD)
"""What SDTM has no place for: the cells, from the donor to the order. Their rows are not about a subject."""

ALL: tuple[type[Domain], ...] = (
    *(DM, SV, IE, MH, CE, DS, HO, VS, LB, IS, CP, MB, RE, EG, FT, QS, RS, FA, EX, CM, PR, AE, DV, DD),
    *PRODUCT,
)
"""In the order in which a subject meets them, then the product; the reference pages keep it."""


def domain_of(code: str) -> type[Domain]:
    """The domain of a code, such as LB or LOT; KeyError when there is none."""
    return DOMAINS[code]

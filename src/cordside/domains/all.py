"""Every domain: importing this file fills DOMAINS. A new domain is one new file and one name here."""

from cordside.domains.ae import AE
from cordside.domains.ce import CE
from cordside.domains.cm import CM
from cordside.domains.cp import CP
from cordside.domains.dd import DD
from cordside.domains.dm import DM
from cordside.domains.domain import DOMAINS, Domain
from cordside.domains.ds import DS
from cordside.domains.dv import DV
from cordside.domains.eg import EG
from cordside.domains.ex import EX
from cordside.domains.fa import FA
from cordside.domains.ft import FT
from cordside.domains.ho import HO
from cordside.domains.ie import IE
from cordside.domains.is_ import IS
from cordside.domains.lb import LB
from cordside.domains.mb import MB
from cordside.domains.mh import MH
from cordside.domains.pr import PR
from cordside.domains.qs import QS
from cordside.domains.re import RE
from cordside.domains.rs import RS
from cordside.domains.sv import SV
from cordside.domains.vs import VS

__all__ = ["ALL", "DOMAINS", "domain_of"]

ALL: tuple[type[Domain], ...] = (DM, SV, IE, MH, CE, DS, HO, VS, LB, IS, CP, MB, RE, EG, FT, QS, RS, FA, EX, CM, PR, AE, DV, DD)
"""In the order in which a subject meets them; the reference pages keep it."""


def domain_of(code: str) -> type[Domain]:
    """The domain of a two-letter code, such as LB; KeyError when there is none."""
    return DOMAINS[code]

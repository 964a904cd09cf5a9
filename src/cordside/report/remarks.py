"""What the source says that no row can hold, sorted by what it is about."""

from dataclasses import dataclass

from cordside.protocol.protocol import Protocol
from cordside.terms.codelists import decode, names

_DOMAINS = "DOMAIN"
_PLAIN = {
    "AE": "Adverse events",
    "CE": "Clinical events",
    "CM": "Medication",
    "CP": "Cell markers",
    "DD": "Death",
    "DM": "Subjects",
    "DS": "Consent and disposition",
    "DV": "Deviations",
    "EG": "ECG",
    "EX": "Infusions",
    "FA": "Findings about",
    "FT": "Functional tests",
    "HO": "Hospital stays",
    "IE": "Eligibility",
    "IS": "Antibodies",
    "LB": "Laboratory",
    "MB": "Swabs and microbiology",
    "MH": "History",
    "PR": "Procedures and imaging",
    "QS": "Questionnaires",
    "RE": "Lungs",
    "RS": "Scales",
    "SV": "Visits",
    "VS": "Vital signs",
}


@dataclass(frozen=True, slots=True)
class Remarks:
    """Sentences about one domain."""

    about: str
    heading: str
    texts: tuple[str, ...]


def remarks_of(protocol: Protocol) -> list[Remarks]:
    """Remarks about domains, each domain once, in the order of their first coming; those about an item stand under it."""
    planned = {item.id for item in protocol.analyses}
    about = dict.fromkeys(remark.about for remark in protocol.remarks if remark.about not in planned)
    return [Remarks(name, heading(name), tuple(protocol.remarks_about(name))) for name in about]


def heading(about: str) -> str:
    """A domain's name in plain words."""
    named = decode(_DOMAINS, about) if _DOMAINS in names() else about
    return _PLAIN.get(about, named)


def beside(protocol: Protocol, planned: str) -> tuple[str, ...]:
    """What the source says about a planned item, to stand under it."""
    return tuple(f"Remark: {text}" for text in protocol.remarks_about(planned))

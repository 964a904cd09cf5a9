"""Items, units and visits in words, as the standards, typographers and the protocol write them."""

import re
from functools import cache

from cordside.protocol.eligibility import Condition
from cordside.protocol.protocol import Protocol
from cordside.protocol.schedule import Asked
from cordside.terms.codelists import decode, names

_SUBJECT = {"AGE": "Age", "SEX": "Sex", "RACE": "Race", "ETHNIC": "Ethnicity", "COUNTRY": "Country", "ARM": "Arm", "DTHFL": "Death"}

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@cache
def item_label(item: str) -> str:
    """What an item is called: VS.RESP is Respiratory Rate, MH.TYPE 2 DIABETES MELLITUS is Type 2 diabetes mellitus."""
    domain, _, name = item.partition(".")
    if domain == "DM":
        return _SUBJECT.get(name, name)
    codelist = f"{domain}TESTCD"
    if codelist in names() and (found := decode(codelist, name)) != name:
        return found
    return name if len(name) <= 3 else name.capitalize().replace("Ct scan", "CT scan")


def asked_label(asked: Asked) -> str:
    """What a panel asks, with specimen or place and unit."""
    where = [part.lower() for part in (asked.location or asked.specimen,) if part]
    brackets = ", ".join([*where, *([printed_unit(asked.unit)] if asked.unit else [])])
    label = asked.label or item_label(asked.item)
    return f"{label} ({brackets})" if brackets else label


def condition_words(condition: Condition) -> str:
    """A condition in words, its items as they are called: Type 2 diabetes mellitus is recorded."""
    words = condition.words()
    for item in sorted(_items(condition), key=len, reverse=True):
        words = words.replace(item, item_label(item))
    return words


def _items(condition: Condition) -> list[str]:
    return [*([condition.item] if condition.item else []), *(item for part in condition.parts() for item in _items(part))]


def printed_unit(unit: str) -> str:
    """A unit as print has it: 10^9/L is 10⁹/L, ug/L is µg/L, C is °C."""
    return {"C": "°C", "YEARS": "years"}.get(unit, re.sub(r"\bug\b", "µg", raised(unit)))


def raised(words: str) -> str:
    """Words with their powers as print has them: 30 × 10^6 cells is 30 × 10⁶ cells."""
    return re.sub(r"\^(-?[0-9]+)", lambda found: found[1].translate(_RAISED), words)


def visit_label(protocol: Protocol, name: str) -> str:
    """The printed label of a visit; its name where the protocol has no such visit."""
    return next((visit.label for visit in protocol.planned_visits() if visit.name == name), name)

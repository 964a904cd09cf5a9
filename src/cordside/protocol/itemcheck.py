"""Items of a protocol name tests, terms and variables that exist, in units that they have."""

import difflib
from collections.abc import Iterable, Iterator

from cordside.domains.all import DOMAINS
from cordside.domains.domain import Domain
from cordside.protocol.eligibility import Condition, Criterion
from cordside.protocol.part import Part
from cordside.protocol.plans.walk import conditions_in, items_in
from cordside.protocol.protocol import Protocol
from cordside.protocol.schedule import ReferenceRange
from cordside.terms.codelists import is_extensible, is_term, names, nearest
from cordside.terms.units import ucum_of, units_of

Place = tuple[str | int, ...]
Words = tuple[str, str, str]
Found = Iterator[tuple[Place, Words]]


def conditions_of(place: Place, condition: Condition) -> Iterator[tuple[Place, Condition]]:
    """A condition and every condition inside it, each with its place."""
    yield place, condition
    group = next((name for name in ("all", "any", "none") if getattr(condition, name)), "")
    for index, part in enumerate(condition.parts()):
        yield from conditions_of((*place, group, index), part)


def conditions(protocol: Protocol) -> Iterator[tuple[Place, Condition]]:
    """Every condition of a protocol, with its place."""
    population = protocol.population
    lists: dict[Place, list[Criterion] | None] = {
        ("population", "inclusion"): population.inclusion if population else None,
        ("population", "exclusion"): population.exclusion if population else None,
        ("before_each_infusion",): protocol.before_each_infusion,
    }
    for place, criteria in lists.items():
        for index, criterion in enumerate(criteria or []):
            yield from conditions_of((*place, index), criterion)
    for name, panel in protocol.panels.items():
        if panel.when:
            yield from conditions_of(("panels", name, "when"), panel.when)
    for index, analysis in enumerate(protocol.analyses):
        for where, condition in conditions_in(analysis):
            yield from conditions_of(("analyses", index, *where), condition)


def _named_items(protocol: Protocol) -> Iterator[tuple[Place, str]]:
    for place, condition in conditions(protocol):
        if condition.item:
            yield (*place, "item"), condition.item
    for name, panel in protocol.panels.items():
        yield from ((("panels", name, "items", index, "item"), asked.item) for index, asked in enumerate(panel.items))
    for index, analysis in enumerate(protocol.analyses):
        yield from ((("analyses", index, *key), item) for key, item in _items_of(analysis))
    for index, special in enumerate(protocol.events_of_special_interest or []):
        yield from ((("events_of_special_interest", index, "follow", at), item) for at, item in enumerate(special.follow))
    for place, ranges in _range_lists(protocol):
        yield from (((*place, index, "item"), reference.item) for index, reference in enumerate(ranges))


def _items_of(analysis: Part) -> Iterator[tuple[Place, str]]:
    for name in ("rows", "markers", "outliers"):
        yield from (((name, at, "item"), part.item) for at, part in enumerate(getattr(analysis, name, [])) if getattr(part, "item", None))
    measure = getattr(analysis, "measure", None)
    if measure is not None and measure.item:
        yield ("measure", "item"), measure.item
    for name in ("item", "swabs", "stay"):
        if getattr(analysis, name, None):
            yield (name,), getattr(analysis, name)
    yield from items_in(analysis)


def unknown(name: str, what: str, known: Iterable[str]) -> Words:
    """The words for a name that is not declared; what: of which kind names are."""
    names = list(known)
    near = difflib.get_close_matches(name, names, 1)
    allowed = f"{what} are {', '.join(names)}" if names else f"no {what} are declared"
    return f"{name} is not declared", allowed, f"did you mean {near[0]}" if near else "declare it, or mend the name"


def check_items(protocol: Protocol) -> Found:
    """Items that name no test and no variable."""
    for place, item in _named_items(protocol):
        code, _, name = item.partition(".")
        domain = DOMAINS[code]
        codelist = domain.variables[domain.topic].codelist if domain.topic else None
        if code == "DM" and name not in domain.variables:
            yield place, _no_variable(domain, name)
        elif domain.topic.endswith("TESTCD") and codelist and not (is_term(codelist, name) or protocol.is_sponsor_term(codelist, name)):
            near = nearest(codelist, name)
            remedy = f"did you mean {code}.{near}, or declare it under sponsor_terms" if near else "declare it under sponsor_terms"
            yield place, (f"{name} is no test of {code}", f"terms of {codelist}", remedy)


def _no_variable(domain: type[Domain], name: str) -> Words:
    near = difflib.get_close_matches(name, domain.variables, 1)
    return f"{name} is no variable of {domain.code}", ", ".join(domain.variables), f"did you mean {near[0]}" if near else "mend it"


def check_units(protocol: Protocol) -> Found:
    """Units that their test does not have."""
    for place, ranges in _range_lists(protocol):
        for index, reference in enumerate(ranges):
            if reference.is_published("unit"):
                yield from _unit((*place, index), reference.item, reference.unit, reference.specimen)
    for place, condition in conditions(protocol):
        if condition.unit and condition.item:
            yield from _unit(place, condition.item, condition.unit, None)
    for name, panel in protocol.panels.items():
        for index, asked in enumerate(panel.items):
            if asked.unit:
                yield from _unit(("panels", name, "items", index), asked.item, asked.unit, asked.specimen)


def _unit(place: Place, item: str, unit: str, specimen: str | None) -> Found:
    domain, _, testcd = item.partition(".")
    known = units_of(domain, testcd, specimen)
    # All kinds of a test are asked: D-dimer is reported in units of two kinds, and none converts into the other.
    if known and ucum_of(domain, testcd, unit, specimen) is None:
        yield (*place, "unit"), (f"{unit} is not a unit of {item}", f"units are {', '.join(known)}", "check the unit")


def _range_lists(protocol: Protocol) -> Iterator[tuple[Place, list[ReferenceRange]]]:
    yield ("ranges",), protocol.ranges
    for name, laboratory in protocol.laboratories.items():
        yield ("laboratories", name, "ranges"), laboratory.ranges


def check_sponsor_terms(protocol: Protocol) -> Found:
    """Terms of the study's own in lists that do not exist, or that take none."""
    for codelist in protocol.sponsor_terms:
        place = ("sponsor_terms", codelist)
        if codelist not in names():
            near = difflib.get_close_matches(codelist, names(), 1)
            yield (
                place,
                (f"{codelist} is no codelist", "codelists of the CDISC terminology", f"did you mean {near[0]}" if near else "mend it"),
            )
        elif not is_extensible(codelist):
            yield place, (f"{codelist} takes no terms of a study's own", "an extensible codelist", "use one of its terms")

"""What must agree across the parts of a protocol: names used are names declared, tests and units exist."""

import difflib
from collections.abc import Iterable, Iterator

from cordside.domains.all import DOMAINS
from cordside.protocol.analyses import BeforeAfter, ByVisit, Clearance, Images, Listing, Swabs, Timeline
from cordside.protocol.eligibility import Condition
from cordside.protocol.part import Part
from cordside.protocol.protocol import Protocol
from cordside.terms.codelists import is_term, nearest
from cordside.terms.units import ucum_of, units_of

Place = tuple[str | int, ...]
Words = tuple[str, str, str]
Found = Iterator[tuple[Place, Words]]


def check_protocol(protocol: Protocol) -> list[tuple[Place, Words]]:
    """Every disagreement between the parts of a protocol: its place and the words of the problem."""
    checks = (_visits, _analyses, _endpoints, _items, _limits, _ranges, _ids, _special_interest)
    return [found for check in checks for found in check(protocol)]


def _unknown(name: str, what: str, known: Iterable[str]) -> Words:
    names = list(known)
    near = difflib.get_close_matches(name, names, 1)
    allowed = f"{what} are {', '.join(names)}" if names else f"no {what} are declared"
    return f"{name} is not declared", allowed, f"did you mean {near[0]}" if near else "declare it, or mend the name"


def _visits(protocol: Protocol) -> Found:
    for name, visit in (protocol.visits or {}).items():
        for index, panel in enumerate(visit.ask):
            if panel not in protocol.panels:
                yield ("visits", name, "ask", index), _unknown(panel, "panels", protocol.panels)
        regimens = [protocol.regimen, *(arm.regimen for arm in (protocol.arms or {}).values())]
        most = max((len(regimen.days or []) for regimen in regimens if regimen), default=0)
        if visit.infusion and most and visit.infusion > most:
            words = (f"infusion {visit.infusion} of {most}", f"the regimen has {most} days", "mend infusion or regimen.days")
            yield ("visits", name, "infusion"), words


def _analyses(protocol: Protocol) -> Found:
    visits = [visit.name for visit in protocol.planned_visits()]
    for index, analysis in enumerate(protocol.analyses):
        for key, name in _visits_of(analysis):
            if name not in visits:
                yield ("analyses", index, *key), _unknown(name, "visits", visits)
    for place, condition in _conditions(protocol):
        if condition.visit and condition.visit not in visits:
            yield (*place, "visit"), _unknown(condition.visit, "visits", visits)


def _visits_of(analysis: Part) -> Iterator[tuple[Place, str]]:
    if isinstance(analysis, BeforeAfter | Images):
        yield ("before",), analysis.before
        yield ("after",), analysis.after
    if isinstance(analysis, ByVisit | Timeline):
        yield from ((("visits", index), name) for index, name in enumerate(analysis.visits))
        yield from ((("outliers", index, "visit"), outlier.visit) for index, outlier in enumerate(getattr(analysis, "outliers", [])))
    for index, row in enumerate(getattr(analysis, "rows", [])):
        if row.visit:
            yield ("rows", index, "visit"), row.visit


def _endpoints(protocol: Protocol) -> Found:
    planned = [analysis.id for analysis in protocol.analyses]
    for index, endpoint in enumerate(protocol.endpoints or []):
        if endpoint.analysis and endpoint.analysis not in planned:
            yield ("endpoints", index, "analysis"), _unknown(endpoint.analysis, "planned analyses", planned)
    for index, remark in enumerate(protocol.remarks):
        if remark.about not in planned and remark.about not in DOMAINS:
            yield ("remarks", index, "about"), _unknown(remark.about, "domains and planned analyses", [*planned, *DOMAINS])


def conditions_of(place: Place, condition: Condition) -> Iterator[tuple[Place, Condition]]:
    """A condition and every condition inside it, each with its place."""
    yield place, condition
    group = next((name for name in ("all", "any", "none") if getattr(condition, name)), "")
    for index, part in enumerate(condition.parts()):
        yield from conditions_of((*place, group, index), part)


def _conditions(protocol: Protocol) -> Iterator[tuple[Place, Condition]]:
    population = protocol.population
    lists = {
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


def _named_items(protocol: Protocol) -> Iterator[tuple[Place, str]]:
    for place, condition in _conditions(protocol):
        if condition.item:
            yield (*place, "item"), condition.item
    for name, panel in protocol.panels.items():
        yield from ((("panels", name, "items", index, "item"), asked.item) for index, asked in enumerate(panel.items))
    for index, analysis in enumerate(protocol.analyses):
        parts = (
            [("rows", row) for row in getattr(analysis, "rows", [])] if isinstance(analysis, Listing) or hasattr(analysis, "rows") else []
        )
        yield from ((("analyses", index, "rows", at, "item"), row.item) for at, (_, row) in enumerate(parts))
        markers = getattr(analysis, "markers", [])
        yield from ((("analyses", index, "markers", at, "item"), marker.item) for at, marker in enumerate(markers))
        if isinstance(analysis, Swabs | Clearance):
            yield ("analyses", index, "item"), analysis.item
    for place, ranges in _range_lists(protocol):
        yield from (((*place, index, "item"), reference.item) for index, reference in enumerate(ranges))


def _items(protocol: Protocol) -> Found:
    for place, item in _named_items(protocol):
        code, _, name = item.partition(".")
        domain = DOMAINS[code]
        codelist = domain.variables[domain.topic].codelist if domain.topic else None
        if domain.topic.endswith("TESTCD") and codelist and not (is_term(codelist, name) or protocol.is_sponsor_term(codelist, name)):
            near = nearest(codelist, name)
            yield (
                place,
                (
                    f"{name} is no test of {code}",
                    f"terms of {codelist}",
                    f"did you mean {code}.{near}, or declare it under sponsor_terms" if near else "declare it under sponsor_terms",
                ),
            )
        if not domain.topic and name not in domain.variables:
            near_names = difflib.get_close_matches(name, domain.variables, 1)
            yield (
                place,
                (
                    f"{name} is no variable of {code}",
                    f"{', '.join(domain.variables)}",
                    f"did you mean {near_names[0]}" if near_names else "mend it",
                ),
            )


def _limits(protocol: Protocol) -> Found:
    for place, condition in _conditions(protocol):
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


def _range_lists(protocol: Protocol) -> Iterator[tuple[Place, list]]:
    yield ("ranges",), protocol.ranges
    for name, laboratory in protocol.laboratories.items():
        yield ("laboratories", name, "ranges"), laboratory.ranges


def _ranges(protocol: Protocol) -> Found:
    for place, ranges in _range_lists(protocol):
        for index, reference in enumerate(ranges):
            yield from _unit((*place, index), reference.item, reference.unit, reference.specimen)


def _ids(protocol: Protocol) -> Found:
    population = protocol.population
    lists: dict[Place, list[str]] = {
        ("population", "inclusion"): [criterion.id for criterion in (population.inclusion if population else None) or []],
        ("population", "exclusion"): [criterion.id for criterion in (population.exclusion if population else None) or []],
        ("before_each_infusion",): [criterion.id for criterion in protocol.before_each_infusion or []],
        ("analyses",): [analysis.id for analysis in protocol.analyses],
        ("endpoints",): [endpoint.id for endpoint in protocol.endpoints or []],
    }
    for place, ids in lists.items():
        for index, name in enumerate(ids):
            if name in ids[:index]:
                yield (
                    (*place, index, "id"),
                    (f"{name} stands twice", "one id each", f"rename it; the first is number {ids.index(name) + 1}"),
                )


def _special_interest(protocol: Protocol) -> Found:
    for index, special in enumerate(protocol.events_of_special_interest or []):
        if not is_term("AESCAT", special.category.upper()):
            near = nearest("AESCAT", special.category)
            words = (f"{special.category} is no category", "terms of AESCAT", f"did you mean {near}" if near else "see docs/reference")
            yield ("events_of_special_interest", index, "category"), words

"""What must agree across the parts of a protocol: names used are names declared, once."""

from collections.abc import Iterator

from cordside.domains.all import DOMAINS
from cordside.protocol.analyses import STANDING
from cordside.protocol.datacheck import check_datasets
from cordside.protocol.itemcheck import Found, Place, Words, check_items, check_sponsor_terms, check_units, conditions, unknown
from cordside.protocol.part import Part
from cordside.protocol.plans.changes import After, Before, ChangeByVisit
from cordside.protocol.plans.charts import BoxPoints, Forest
from cordside.protocol.plans.comparison import Comparison, ValuesByVisit
from cordside.protocol.plans.pictures import Images, Timeline
from cordside.protocol.plans.timetoevent import KaplanMeier, TimeToEvent
from cordside.protocol.plans.visits import BeforeAfter, ByVisit
from cordside.protocol.protocol import Protocol
from cordside.terms.codelists import is_term, nearest


def check_protocol(protocol: Protocol) -> list[tuple[Place, Words]]:
    """Every disagreement between the parts of a protocol: its place and the words of the problem."""
    checks = (_visits, _analyses, check_datasets, _endpoints, check_items, check_units, check_sponsor_terms, _ids, _special_interest)
    return [found for check in checks for found in check(protocol)]


def _visits(protocol: Protocol) -> Found:
    planned = [visit.name for visit in protocol.planned_visits()]
    for name in protocol.visits or {}:
        if planned.count(name) > 1:
            yield ("visits", name), (f"{name} stands twice", "one name a visit; repeats are NAME.2, NAME.3, ...", "rename it")
    for name, visit in (protocol.visits or {}).items():
        for index, panel in enumerate(visit.ask):
            if panel not in protocol.panels:
                yield ("visits", name, "ask", index), unknown(panel, "panels", protocol.panels)
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
                yield ("analyses", index, *key), unknown(name, "visits", visits)
    for place, condition in conditions(protocol):
        if condition.visit and condition.visit not in visits:
            yield (*place, "visit"), unknown(condition.visit, "visits", visits)
    times = [analysis.id for analysis in protocol.analyses if isinstance(analysis, TimeToEvent)]
    for index, analysis in enumerate(protocol.analyses):
        if isinstance(analysis, KaplanMeier) and analysis.of not in times:
            yield ("analyses", index, "of"), unknown(analysis.of, "planned analyses of kind time_to_event", times)
    others = [analysis.id for analysis in protocol.analyses if not isinstance(analysis, Forest)]
    for index, analysis in enumerate(protocol.analyses):
        if isinstance(analysis, Forest) and analysis.of not in others:
            yield ("analyses", index, "of"), unknown(analysis.of, "planned analyses that estimate", others)


def _visits_of(analysis: Part) -> Iterator[tuple[Place, str]]:
    if isinstance(analysis, BeforeAfter | Images):
        yield ("before",), analysis.before
        yield ("after",), analysis.after
    for moment in ("before", "after"):
        found = getattr(analysis, moment, None)
        if isinstance(found, Before | After) and found.visit:
            yield (moment, "visit"), found.visit
    if isinstance(analysis, ByVisit | Timeline | ChangeByVisit | BoxPoints):
        yield from ((("visits", index), name) for index, name in enumerate(analysis.visits))
        yield from ((("outliers", index, "visit"), outlier.visit) for index, outlier in enumerate(getattr(analysis, "outliers", [])))
    for index, row in enumerate(getattr(analysis, "rows", [])):
        if getattr(row, "visit", None):
            yield ("rows", index, "visit"), row.visit
    if isinstance(analysis, ValuesByVisit | Comparison) and not analysis.data:
        named: dict[Place, str | None] = {("baseline",): analysis.baseline, ("visit",): getattr(analysis, "visit", None)}
        named |= {("visits", index): name for index, name in enumerate(getattr(analysis, "visits", []))}
        yield from ((place, name) for place, name in named.items() if name)


def _endpoints(protocol: Protocol) -> Found:
    planned = [analysis.id for analysis in protocol.analyses]
    for index, endpoint in enumerate(protocol.endpoints or []):
        if endpoint.analysis and endpoint.analysis not in planned:
            yield ("endpoints", index, "analysis"), unknown(endpoint.analysis, "planned analyses", planned)
    for index, remark in enumerate(protocol.remarks):
        if remark.about not in planned and remark.about not in DOMAINS:
            yield ("remarks", index, "about"), unknown(remark.about, "domains and planned analyses", [*planned, *DOMAINS])


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
            if place == ("analyses",) and name in STANDING:
                yield (*place, index, "id"), (f"{name} is an analysis of every study", f"not {', '.join(STANDING)}", "rename it")
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

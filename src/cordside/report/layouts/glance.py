"""The protocol at a glance: who, what, how much, when, and which choices decide printed digits."""

from collections.abc import Iterator

from cordside.protocol.part import Part
from cordside.protocol.protocol import Protocol
from cordside.protocol.regimen import Regimen
from cordside.report.itemlabels import printed_unit
from cordside.report.tables import Cell, Column, Row, Table

NOT_PUBLISHED = "not published"


def draw_glance(protocol: Protocol) -> Table:
    """The study as planned, on one page. What the protocol says was not published is printed so; what it leaves out is not."""
    sections = {
        "Study": _study,
        "Subjects": _subjects,
        "Product": _product,
        "Regimen": _regimens,
        "Endpoints": _endpoints,
        "Conventions": _conventions,
    }
    rows = [row for name, section in sections.items() for row in _section(name, list(section(protocol)))]
    return Table("protocol", "Table P1", "Protocol at a glance", (Column("", "Key"), Column("plan", "As planned")), tuple(rows))


def _section(name: str, lines: list[tuple[str, str]]) -> Iterator[Row]:
    shown = [(label, text) for label, text in lines if text]
    if shown:
        yield Row(name, section=True)
    yield from (Row(f"{name}: {label}", (Cell(text),), label, indent=1) for label, text in shown)


def _said(part: Part | None, key: str) -> str:
    """A key in words: its value, `not published`, or nothing where the protocol leaves it out."""
    if part is None:
        return ""
    value = getattr(part, key)
    if value is None:
        return "" if part.is_published(key) else NOT_PUBLISHED
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _study(protocol: Protocol) -> Iterator[tuple[str, str]]:
    yield "Study", f"{protocol.study}, protocol version {protocol.version}"
    yield "Written down from", _said(protocol, "source")
    yield "Sponsor", _said(protocol, "sponsor")
    yield "Registration", _said(protocol, "registration")
    yield "Period", " to ".join(protocol.period) if protocol.period else _said(protocol, "period")
    yield "Ethics committee", _said(protocol.ethics, "committee") if protocol.ethics else _said(protocol, "ethics")
    yield "Approval number", _said(protocol.ethics, "number")
    yield "Approved", _said(protocol.ethics, "approved")
    yield "Consent", _said(protocol.ethics, "consent")
    yield "Sites", _sites(protocol)


def _sites(protocol: Protocol) -> str:
    sites = (protocol.sites or {}).items()
    return "; ".join(f"{name}: {site.name}" + (f" ({site.country})" if site.country else "") for name, site in sites) or _said(
        protocol, "sites"
    )


def _subjects(protocol: Protocol) -> Iterator[tuple[str, str]]:
    yield "Planned", _said(protocol.population, "planned")
    yield "Who", _said(protocol.population, "description")
    arms = [
        f"{code}: {arm.label}{f', {arm.planned} planned' if arm.planned is not None else ''}" for code, arm in (protocol.arms or {}).items()
    ]
    yield "Arms", "; ".join(arms) or _said(protocol, "arms")
    yield "Comparison group", _said(protocol, "control_group")


_PRODUCT = {
    "name": "Name",
    "cells": "Cells",
    "tissue": "Tissue",
    "donor": "Donor",
    "allogeneic": "Allogeneic",
    "manufacturer": "Manufacturer",
    "isolation": "Isolation",
    "medium": "Medium",
    "passage": "Passage",
    "cryopreserved": "Cryopreserved",
    "vehicle": "Vehicle",
    "certification": "Certification",
}


def _product(protocol: Protocol) -> Iterator[tuple[str, str]]:
    if protocol.product is None:
        yield "Product", _said(protocol, "product")
        return
    yield from ((label, _said(protocol.product, key)) for key, label in _PRODUCT.items())
    specification = protocol.product.specification
    tests = list(dict.fromkeys(test.test for test in (specification.tests if specification else None) or []))
    yield "Release tests", "; ".join(tests) or _said(specification, "tests")


def _regimens(protocol: Protocol) -> Iterator[tuple[str, str]]:
    own = {arm.label: arm.regimen for arm in (protocol.arms or {}).values() if arm.regimen}
    if protocol.regimen is None and not own:
        yield "Regimen", _said(protocol, "regimen")
    named = {"": protocol.regimen, **own} if own else {"": protocol.regimen}
    for arm, regimen in named.items():
        yield from ((f"{arm}: {label}" if arm else label, text) for label, text in _regimen(regimen))
    untreated = [arm.label for arm in (protocol.arms or {}).values() if not arm.treated]
    yield "Arms without cells", "; ".join(untreated)


def _regimen(regimen: Regimen | None) -> Iterator[tuple[str, str]]:
    if regimen is None:
        return
    yield "Treatment", regimen.treatment
    yield "Dose", dose_words(regimen)
    yield "Vehicle", _said(regimen, "vehicle")
    yield "Volume (mL)", _said(regimen, "volume_ml")
    yield "Route", regimen.route.lower() if regimen.route else _said(regimen, "route")
    yield "Study days", ", ".join(map(str, regimen.days)) if regimen.days else _said(regimen, "days")
    yield "Window", window_words(regimen.window) if regimen.is_published("window") else NOT_PUBLISHED
    yield "Most infusions", _said(regimen, "maximum")
    yield "Missed dose", missed_words(regimen)
    yield "Duration (min)", _said(regimen, "duration_min")


def dose_words(regimen: Regimen) -> str:
    """The dose as printed: 3 × 10⁷ cells, viable or total not stated."""
    return printed_unit(regimen.dose.words()) if regimen.dose else _said(regimen, "dose")


def missed_words(regimen: Regimen) -> str:
    """What happens with a dose that was not given on its day."""
    if regimen.missed_dose is None:
        return _said(regimen, "missed_dose")
    days = regimen.missed_dose.delay_days
    return regimen.missed_dose.rule + (f", up to {days} days" if days is not None else "")


def window_words(window: list[int]) -> str:
    """Days before and after, as printed: ±3, −1 to +3, or exact."""
    first, last = window
    if first == last == 0:
        return "exact day"
    signed = [f"−{-first}" if first else "0", f"+{last}" if last else "0"]
    return f"±{last}" if -first == last else " to ".join(signed)


def _endpoints(protocol: Protocol) -> Iterator[tuple[str, str]]:
    for number, endpoint in enumerate(protocol.endpoints or [], 1):
        kind = endpoint.type or (NOT_PUBLISHED if not endpoint.is_published("type") else "")
        yield f"Endpoint {number}", f"{endpoint.text} ({'rank ' + kind if kind == NOT_PUBLISHED else kind})" if kind else endpoint.text
    if protocol.endpoints is None:
        yield "Endpoints", _said(protocol, "endpoints")
    events = [event.category for event in protocol.events_of_special_interest or []]
    yield "Events of special interest", "; ".join(events) or _said(protocol, "events_of_special_interest")


def _conventions(protocol: Protocol) -> Iterator[tuple[str, str]]:
    chosen = protocol.conventions
    yield "Quantiles", chosen.quantiles
    yield "Rounding", {"half_up": "half up", "printf": "of the binary value (printf)"}[chosen.rounding]
    yield "Error bars", chosen.spread.upper()
    yield "Clearance", chosen.clearance
    yield "Dates", {"iso": "year-month-day", "month.day": "month.day, as the source prints them"}[chosen.dates]
